public import Cryptography

/// A version of a document of principles, divided into citable sections.
///
/// In the Markdown formats `preamble` followed by the texts of all sections is the document, byte for byte.
public struct Specification: Sendable {
    /// The document's name, such as `openai/model-spec`.
    public let id: String
    /// The label of the version. A label is no identity: two texts may carry one; `digest` tells them apart.
    public let version: String
    public let format: Format
    /// SHA-256 of `document`.
    public let digest: Digest
    /// The bytes as they were submitted.
    public let document: [UInt8]
    /// The bytes before the first heading; empty for a JSON list.
    public let preamble: [UInt8]
    /// At least one, in the order of the document; no id stands twice.
    public let sections: [Section]
    private let orders: [String: Int]

    /// The most bytes a document may have.
    public static let byteLimit = 16 << 20

    /// The most sections a document may have.
    public static let sectionLimit = 100_000

    /// Reads a document.
    public init(
        parsing document: [UInt8], format: Format, id: String, version: String
    ) throws(SpecificationError) {
        guard NameGrammar.document.matches(id) else { throw .badName(.document, got: id) }
        guard NameGrammar.version.matches(version) else { throw .badName(.version, got: version) }
        guard document.count <= Self.byteLimit else { throw .tooLarge(got: document.count, limit: Self.byteLimit) }
        let (preamble, sections) = try document.withUnsafeBufferPointer { (bytes) throws(SpecificationError) in
            if bytes.starts(with: "\u{FEFF}") { throw .byteOrderMark }
            try Self.checkUTF8(bytes)
            guard format != .json else { return ([UInt8](), try SectionList.parse(bytes)) }
            return try Self.divide(bytes, format: format)
        }
        guard !sections.isEmpty else { throw .noSections(format) }
        self.id = id
        self.version = version
        self.format = format
        self.digest = SHA256.digest(of: document)
        self.document = document
        self.preamble = preamble
        self.sections = sections
        self.orders = Dictionary(sections.map { ($0.id, $0.order) }, uniquingKeysWith: { first, _ in first })
    }

    /// The section called `id`. O(1).
    public func section(_ id: String) -> Section? {
        guard NameGrammar.section.matches(id), let order = orders[id] else { return nil }
        return sections[order]
    }

    private static func checkUTF8(_ bytes: Bytes) throws(SpecificationError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        // No character spans two lines, so the first line that is not valid is the one at fault.
        for line in Lines(bytes) where String(validating: bytes[line.start..<line.next], as: UTF8.self) == nil {
            throw .notUTF8(line: line.number)
        }
    }
}

extension Specification {
    private static func divide(
        _ bytes: Bytes, format: Format
    ) throws(SpecificationError) -> (preamble: [UInt8], sections: [Section]) {
        let headings = format == .modelSpec ? try ModelSpecHeadings.scan(bytes) : try MarkdownHeadings.scan(bytes)
        let names = try names(of: headings, format: format)
        var sections: [Section] = []
        sections.reserveCapacity(headings.count)
        // The sections that enclose the next one, outermost first; their levels rise.
        var open: [(level: Int, id: String)] = []
        for (order, (heading, name)) in zip(headings, names).enumerated() {
            while let last = open.last, last.level >= heading.level { open.removeLast() }
            let end = order + 1 < headings.count ? headings[order + 1].start : bytes.count
            let text = Bytes(rebasing: bytes[heading.start..<end])
            sections.append(
                Section(
                    id: name.id, title: name.title, level: heading.level, authority: name.authority, tags: name.tags,
                    parent: open.last?.id, order: order, text: text.string,
                    digest: SHA256.digest(of: UnsafeRawBufferPointer(text))))
            open.append((heading.level, name.id))
        }
        return (Array(bytes[..<(headings.first?.start ?? bytes.count)]), sections)
    }

    private struct Name {
        var id = ""
        var title: String
        var authority: String?
        var tags: [String] = []
    }

    /// The ids, titles and attributes of all headings. Ids that the document states win over ids made of titles.
    private static func names(of headings: [Heading], format: Format) throws(SpecificationError) -> [Name] {
        var names: [Name] = []
        var lines: [String: Int] = [:]
        for heading in headings {
            let (title, group) = HeadingAttributes.split(heading.content)
            guard title.utf8.count <= Heading.titleLimit else {
                throw .titleTooLong(line: heading.line, got: title.utf8.count, limit: Heading.titleLimit)
            }
            var name = Name(title: title)
            if let group {
                let attributes = try HeadingAttributes(group, line: heading.line)
                name = Name(id: attributes.id, title: title, authority: attributes.authority, tags: attributes.tags)
                if let first = lines.updateValue(heading.line, forKey: name.id) {
                    throw .duplicateSection(name.id, line: heading.line, first: first)
                }
            }
            if format == .modelSpec {
                guard group != nil, heading.isPlain, !title.isEmpty else {
                    throw .headingWithoutID(line: heading.line, got: heading.content)
                }
                if let authority = name.authority, !Authority.isSectionName(authority) {
                    throw .unknownAuthority(line: heading.line, got: authority)
                }
            }
            names.append(name)
        }
        var slugs = Slugs(avoiding: Set(lines.keys))
        for index in names.indices where names[index].id.isEmpty {
            names[index].id = slugs.next(for: names[index].title, number: index + 1)
        }
        return names
    }
}
