import Because

extension FuzzEntry {
    /// The bytes of an entry of the log, as whoever holds the database may have written them.
    static let entry = FuzzEntry(
        name: "entry", maximumByteCount: 8192, dictionary: "json",
        check: { bytes in
            let entry: Entry
            do { entry = try Entry(parsing: bytes) } catch { return read(error) }
            do {
                let again = try Entry.bytes(
                    number: entry.number, at: entry.at, type: entry.type, id: entry.id, link: entry.link,
                    body: Array(entry.bodyBytes))
                require(again == bytes, "an entry gives the bytes it was read from")
                require(Timestamp(entry.at.bytes) == entry.at, "a time reads back")
                checkBody(try entry.body())
            } catch { read(error) }
        },
        seeds: { _ in
            let digest = Digest.zero.base64URL
            let citation = #"{"document_digest":"\#(digest)","ref":"a#b","section_digest":"\#(digest)"}"#
            let bodies: [String] = [
                "{}", #"{"a":[1,2.50,"x\u0001",null,true]}"#,
                #"{"_sd":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],"outcome":"refuse"}"#,
                #"{"principles":[{"ref":{"_sd":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],"unresolved":true}}]}"#,
                #"{"principles":[{"ref":\#(citation),"role":"applied"}]}"#,
            ]
            return (bodies + SampleSubmissions.sealed).map(wrapped)
        },
        large: {
            let digests = "\"\(Digest.zero.base64URL)\",".repeated(60_000).dropLast()
            let members = (0..<7_000).map { "\"\(String($0, radix: 36))\":1" }.joined(separator: ",")
            return [
                "{\(members)}", "{\"_sd\":[\(digests)]}", "\("[".repeated(64))\("]".repeated(64))",
                "[".repeated(65_000),
                "[\("{},".repeated(65_000))0]", "{\"principles\":[\("{\"ref\":{}},".repeated(65_000))0]}",
            ].map(wrapped)
        })

    private static func wrapped(_ body: String) -> [UInt8] {
        let link = Digest.zero.base64URL
        return
            #"{"at":"2026-11-20T09:14:07.120331Z","body":\#(body),"id":"a-1","link":"\#(link)","n":41,"type":"decision","v":1}"#
            .bytes
    }

    private static func checkBody(_ body: JSON) {
        checkJSON(body)
        let digests = SealedFields.digests(in: body)
        require(Decisions.Citation.all(in: body).count <= body.bytes().count, "a citation has bytes")
        guard let object = body.object else { return }
        let revealed = RevealedRecord(body: object, disclosures: [])
        require(revealed.missing.count <= digests.count, "no more is missing than was sealed")
        require(revealed.matches(revealed.content) || !revealed.missing.isEmpty, "a decision is itself")
        // An export that is recorded again is submitted so.
        do { _ = try Submission(checking: .object(revealed.content)) } catch { read(error) }
    }

    /// One sealed field: the text of a disclosure, and what it opens.
    static let disclosure = FuzzEntry(
        name: "disclosure", maximumByteCount: 4096, dictionary: "json",
        check: { bytes in
            for alphabet in [Base64.Alphabet.url, .standard] {
                guard let decoded = Base64.decode(bytes, alphabet) else { continue }
                require(Base64.encode(decoded, alphabet).bytes == bytes, "one text for the same bytes")
            }
            // As it stands, and as the list that base64 hides from changes by chance.
            for text in [bytes, Base64.encode(bytes, .url).bytes] {
                guard let disclosure = Disclosure(parsing: text) else { continue }
                require(disclosure.text == text, "a disclosure keeps its text")
                require(disclosure.digest == SHA256.digest(of: text), "a disclosure is known by its digest")
                checkJSON(disclosure.value)
                let body: JSONObject = ["_sd": [.string(disclosure.digest.base64URL)]]
                let revealed = RevealedRecord(body: body, disclosures: [disclosure])
                require(revealed.missing.isEmpty, "a disclosure opens its field")
                require(revealed.content[disclosure.name] == disclosure.value, "a disclosure is what it opens")
                require(
                    RevealedRecord(body: [:], disclosures: [disclosure]).content.isEmpty,
                    "a disclosure without its digest opens nothing")
            }
        },
        seeds: { _ in
            let lists: [String] = [
                #"["c2FsdA","summary","x"]"#, #"["","context",{"a":[1.5,{}]}]"#, #"["s","_sd",[]]"#, "[]",
            ]
            return lists.map(\.bytes) + lists.map { Base64.encode($0.bytes, .url).bytes }
        },
        large: {
            let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
            let lists = [
                "[\"s\",\"n\",\"\("a".repeated())\"]", "[\"s\",\"n\",[\("0,".repeated())0]]", "[".repeated(),
                "[\"s\",\"n\",\"\("\\u00e9".repeated())\"]", "[\"s\",\"n\",{\(members)}]",
            ].map(\.bytes)
            return lists + lists.map { Base64.encode($0, .url).bytes }
        })

    /// What must hold of every value that was read.
    static func checkJSON(_ json: JSON) {
        let canonical = json.bytes()
        do {
            let again = try JSON(parsing: canonical)
            require(again == json, "the canonical text reads back as the value")
            require(again.bytes() == canonical, "canonical text is its own canonical text")
            let visible = json.string(.visible)
            requireVisible(visible, keepsLines: false)
            require(try JSON(parsing: visible.bytes) == json, "the visible text reads back as the value")
        } catch { fatalError("written JSON is JSON: \(error)") }
    }
}
