import Because

extension FuzzEntry {
    /// A document of principles, read in each of the formats.
    static let specification = FuzzEntry(
        name: "specification", maximumByteCount: 8192, dictionary: "markdown",
        check: { bytes in
            _ = Format.detect(bytes)
            _ = Format.detect(bytes, fileName: "a.md")
            for format in Format.allCases {
                do {
                    let specification = try Specification(parsing: bytes, format: format, id: "a/b", version: "1")
                    checkSections(of: specification)
                    checkRegistration(of: specification)
                } catch {
                    read(error)
                }
            }
        },
        seeds: { shared in
            // Whole documents are too long to be changed by chance; pieces of them have all that they are made of.
            let pieces = shared.specifications.flatMap { text in
                stride(from: 0, to: text.count, by: 40_000).map { Array(text[$0..<min($0 + 3000, text.count)]) }
            }
            return pieces + SampleSpecifications.texts.map(\.bytes)
        },
        large: { SampleSpecifications.large })

    private static func checkSections(of specification: Specification) {
        var ids: Set<String> = []
        for (order, section) in specification.sections.enumerated() {
            require(section.order == order, "sections are numbered in their order")
            require(NameGrammar.section.matches(section.id), "the id of a section can be cited")
            require(ids.insert(section.id).inserted, "the id of a section is its own")
            require(section.parent.map { $0 != section.id && ids.contains($0) } ?? true, "a parent stands earlier")
            require(section.title.utf8.count <= 1024, "a title is short")
            require(section.tags.count <= 32, "a section has few tags")
            require(section.digest == SHA256.digest(of: section.text), "the digest is that of the text")
            require(specification.section(section.id) == section, "a section is found by its id")
            if specification.format == .modelSpec {
                let heading = "{#".bytes + section.id.bytes
                let line = section.text.utf8.prefix { $0 != UInt8(ascii: "\n") }
                require(
                    [" ", "\t", "}"].contains { Array(line).contains(heading + $0.bytes) },
                    "the id stands on the heading as it is cited")
            }
        }
        guard specification.format != .json else { return }
        let text = specification.preamble + specification.sections.flatMap { Array($0.text.utf8) }
        require(text == specification.document, "the sections make the document again")
    }

    private static func checkRegistration(of specification: Specification) {
        var registration = Registration(specification, entry: 1)
        registration = Registration(
            id: registration.id, version: registration.version, format: registration.format,
            digest: registration.digest, entry: 1, activatedAt: 1, sections: registration.sections)
        var registry = Registry()
        do {
            try registry.register(registration)
            for section in specification.sections.prefix(20) {
                let reference = try Reference(document: "a/b", version: nil, section: section.id)
                require(try registry.resolve(reference).sectionDigest == section.digest, "a section can be cited")
            }
        } catch { fatalError("a specification that was read can be registered: \(error)") }
        do {
            _ = try registry.resolve(try Reference(document: "a/b", version: "1", section: "no-such-section"))
        } catch { read(error) }
    }

    /// Two versions of a document, divided by the byte FF, which no text holds.
    static let difference = FuzzEntry(
        name: "difference", maximumByteCount: 4096, dictionary: "markdown",
        check: { bytes in
            let parts = bytes.split(separator: 0xFF, maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let old = String(validating: parts[0], as: UTF8.self),
                let new = String(validating: parts[1], as: UTF8.self)
            else { return }
            checkLines(from: old, to: new)
            for format in Format.allCases {
                guard let was = try? Specification(parsing: old.bytes, format: format, id: "a", version: "1"),
                    let now = try? Specification(parsing: new.bytes, format: format, id: "a", version: "2")
                else { continue }
                checkDifference(from: was, to: now)
            }
        },
        seeds: { shared in
            let texts = SampleSpecifications.texts.map(\.bytes)
            let pairs = zip(texts, texts.dropFirst()).map { $0 + [0xFF] + $1 }
            let released = shared.specifications.map { Array($0.prefix(1500)) }
            return pairs + zip(released, released.dropFirst()).map { $0 + [0xFF] + $1 }
        },
        large: {
            let numbers = (0..<80_000).map { "\($0)\n" }
            let few = (0..<4_000).map { "\($0 * 7 % 4_001)\n" }
            let sections = (0..<8_000).map { "# s \($0)\na b c d e f g h i j k l m n\n" }.joined()
            let pairs = [
                ("\n".repeated(500_000), "\n".repeated(400_000)), (numbers.joined(), numbers.reversed().joined()),
                (few.joined(), few.reversed().joined()),
                ("a\nb\n".repeated(500_000), "b\na\nc\n".repeated(500_000)),
                (sections, sections.replacing("# s", with: "# t")), ("a".repeated(500_000), "b".repeated(500_000)),
            ]
            return pairs.map { $0.bytes + [0xFF] + $1.bytes }
        })

    private static func checkLines(from old: String, to new: String) {
        let difference = TextDiff(from: old, to: new)
        func text(without kind: TextDiff.Line.Kind) -> [UInt8] {
            difference.lines.flatMap { $0.kind == kind ? [] : $0.text.bytes + ($0.isTerminated ? "\n".bytes : []) }
        }
        require(text(without: .added) == old.bytes, "without what was added it is the old text")
        require(text(without: .removed) == new.bytes, "without what was removed it is the new text")
        require(difference.isEmpty == (old.bytes == new.bytes), "nothing differs between equal texts")
        let hunks = difference.hunks(context: 1)
        require(
            hunks.reduce(0) { $0 + $1.newCount - $1.oldCount }
                == difference.lines.reduce(0) { $0 + ($1.kind == .added ? 1 : $1.kind == .removed ? -1 : 0) },
            "hunks hold every change")
        require(difference.unified().isEmpty == difference.isEmpty, "the unified format shows what there is")
    }

    private static func checkDifference(from old: Specification, to new: Specification) {
        let difference = SpecificationDiff(from: old, to: new)
        require(
            old.sections.count - difference.removed.count == new.sections.count - difference.added.count,
            "what is neither added nor removed is in both")
        for candidate in difference.renamed {
            require((0...100).contains(candidate.similarity), "a similarity is a percentage")
        }
        for change in difference.textChanges.prefix(4) {
            require(!change.diff.isEmpty, "other words differ somewhere")
        }
        let same = SpecificationDiff(from: new, to: new)
        require(
            same.added.isEmpty && same.removed.isEmpty && same.textChanges.isEmpty
                && same.unchangedCount == new.sections.count, "a version does not differ from itself")
    }
}

/// Small documents in each format, and large ones that are meant badly.
enum SampleSpecifications {
    static let texts = [
        "# One {#one authority=root tags=a,b}\n\nText.\n\n## Two {#two}\n\n~~~xml\n# no heading\n~~~\n",
        "intro\n\n# One {#one authority=user}\nOther text.\n### Three {#three}\nlast line without end",
        "Title\n=====\n\ntext\n\nOther\n---\n- item\n\n      # no heading\n> quote\nlazy\n\n<div>\n# html\n</div>\n\n# A\n# A\n",
        "---\nfront: matter\n---\n# T\n1. a\n2. ```\n   # code\n   ```\n***\n<!-- \n# c\n-->\n<pre>\n# p\n</pre>\n## [x](y) ß é\n",
        #"[{"id":"a","title":"A","text":"words","authority":"root","tags":["t"]},{"id":"b","text":"x","parent":"a"}]"#,
        #"[{"id":"a","text":"w\u00e9"},{"id":"c","text":"y","parent":"a"}]"#,
    ]

    static var large: [[UInt8]] {
        let numbers = 0..<90_000
        let chain = (1..<25_000).map { "{\"id\":\"s\($0)\",\"text\":\"x\",\"parent\":\"s\($0 - 1)\"}" }
        return [
            "# a\n".repeated(360_000), numbers.map { "# a-\($0 % 300)\n" }.joined(),
            numbers.prefix(60_000).map { "# T {#t\($0)}\nx\n" }.joined(), "# \("a".repeated())",
            "# \("](".repeated(1_000))", "# \(" #".repeated())\n", "#\(" ".repeated())x\n",
            "# x {#\("{#a}".repeated())",
            "# x \("}".repeated())", "# x {#a tags=\("a,".repeated(8_000))}\n",
            "[{\"id\":\"s0\",\"text\":\"x\"},\(chain.joined(separator: ","))]",
            "[{\(numbers.map { "\"\($0)\":0" }.joined(separator: ","))}]",
            "> ".repeated(), "- ".repeated(), "1. ".repeated(), "> - 1. ".repeated(), "- a\n".repeated(),
            "> a\nb\n".repeated(), "a\n".repeated(), "a\n===\n".repeated(300_000), "\("a\n".repeated(900_000))===\n",
            "<pre>\n\("</".repeated())\n", "<pre>\n</\("<".repeated())\n", "<!--\n\("--".repeated())", "<a ".repeated(),
            "<a\n".repeated(), "<\("a".repeated())", "```\n".repeated(), "`".repeated(), "~~~\n\("~~ \n".repeated())",
            "***\n".repeated(), "* * ".repeated(), "---\n".repeated(), "\t".repeated(), "\n".repeated(),
            "\r\n".repeated(),
            "\r".repeated(), "[\("{},".repeated()){}]", "[".repeated(), "{".repeated(),
            "[{\"id\":\"a\",\"text\":\"\("\\n".repeated())\"}]", "# a\n\("\u{301}".repeated())",
            "# \("\u{301}".repeated())",
            "# x {#a\u{600}}\n".repeated(),
        ].map(\.bytes)
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
