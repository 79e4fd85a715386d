import Because

extension FuzzEntry {
    /// A line that somebody typed or a record holds: a reference, a question, a key, and text that is shown.
    static let text = FuzzEntry(
        name: "text", maximumByteCount: 1024, dictionary: "text",
        check: { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            checkReference(text)
            checkQuery(text)
            checkKeys(text)
            checkShown(text)
            _ = Nearest.matches(text, among: ["protect_privacy", "authority", "be-honest", text], limit: 3)
        },
        seeds: { shared in
            let queries = [
                #"outcome:refuse principle:protect_privacy since:2026-01-01 "medical advice""#,
                #"-type:decision until:2026-11-20T09:14:07.5Z id:a-1 word"#, #"model:"a b" -"x y" role:applied"#,
                #"since:2026-01-01 until:2026-12-31"#, #"autority:root"#, #"-"#, #"a:"""#,
            ]
            let references = ["openai/model-spec@2025-12-18#protect_privacy", "a/b#c", "a@b#c#d", "#", "@#"]
            let keys = ExampleLog.keys.map(\.text) + [ExampleLog.key.text]
            let shown = [
                "\u{1B}[31mred", "a\u{202E}b\u{2066}c\u{2069}", "a\r\nb\tc\rd", "e\u{301}\u{200B}\u{FEFF}", "日本 🧑‍🚀",
            ]
            return (queries + references + keys + shown).map(\.bytes)
        },
        large: {
            [
                "-a ", "-", "a ", "a:b ", "\"a\" ", "-\"a\"", ":", "a\"", "#", "@", "+", "a+", "\u{301}", "- \u{301}",
                "👩‍👩‍👧", "\u{1F1E6}", "\r\n", "\u{600}", "\u{FFFD}",
            ].map { $0.repeated().bytes }
                // Shown they become up to ten times as long.
                + ["\u{202E}", "\0"].map { $0.repeated(200_000).bytes }
                + ["\"", "id:", "since:", "a/b@1#"].map { "\($0)\("a".repeated())".bytes }
        })

    private static func checkReference(_ text: String) {
        do {
            let reference = try Reference(parsing: text)
            require(reference.description.bytes == text.bytes, "a reference gives the text it was read from")
            let names = try Reference(
                document: reference.document, version: reference.version, section: reference.section)
            require(names == reference, "names make the reference again")
        } catch { read(error) }
    }

    private static func checkQuery(_ text: String) {
        do {
            let query = try Query(text)
            let types = query.terms.count { if case .field(.type, _) = $0.condition { true } else { false } }
            require(types > 0, "a query says which entries it means")
            for term in query.terms {
                switch term.condition {
                case .field(_, let value), .words(let value): require(!value.isEmpty, "a term has a value")
                case .since, .until: break
                }
            }
            guard let again = written(query) else { return }
            require(try Query(again) == query, "a query written anew reads the same")
        } catch {
            read(error)
            require(!error.hint.isEmpty, "a problem has a hint")
        }
    }

    /// The same query with every value in quotes; `nil` for times, and values with a quote or a mark that joins one.
    private static func written(_ query: Query) -> String? {
        var text = ""
        for term in query.terms {
            let (start, value): (String, String)
            switch term.condition {
            case .field(let field, let content): (start, value) = ("\(field.rawValue):", content)
            case .words(let content): (start, value) = ("", content)
            case .since, .until: return nil
            }
            let quoted = "\"\(value)\""
            guard !value.contains("\""), quoted.count == value.count + 2 else { return nil }
            text += "\(term.isNegated ? "-" : "")\(start)\(quoted) "
        }
        return text
    }

    private static func checkKeys(_ text: String) {
        do {
            let key = try VerifierKey(parsing: text)
            require(key.text.bytes == text.bytes, "a key gives the text it was read from")
        } catch { read(error) }
        do {
            let key = try SigningKey(parsing: text)
            require(key.text.bytes == text.bytes, "a private key gives the text it was read from")
        } catch { read(error) }
    }

    private static func checkShown(_ text: String) {
        requireVisible(VisibleText.line(text), keepsLines: false)
        requireVisible(VisibleText.lines(text), keepsLines: true)
        require(
            VisibleText.lines(VisibleText.lines(text)).bytes == VisibleText.lines(text).bytes,
            "what is shown is shown as it is")
        checkJSON(.string(text))
    }
}
