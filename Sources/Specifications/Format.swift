/// How a document of principles is written.
public enum Format: String, Sendable, CaseIterable {
    /// Markdown as the OpenAI Model Spec writes it: every heading at column 0 and with `{#id …}`.
    case modelSpec = "model-spec"
    /// CommonMark; a heading without an id is given one.
    case markdown
    /// A JSON list of objects, one a section.
    case json
}

extension Format {
    /// The format that a document seems to be written in. Nothing is validated.
    ///
    /// JSON when the first byte that is no white space is `[`; the Model Spec's when there are headings and each carries
    /// `{#id …}`; else Markdown. A file name that ends in `.json` or `.md` decides between JSON and Markdown: a
    /// Markdown text may begin with a link.
    public static func detect(_ bytes: [UInt8], fileName: String? = nil) -> Format {
        let name = fileName?.lowercased() ?? ""
        if name.hasSuffix(".json") { return .json }
        let first = bytes.first { !$0.isSpaceOrTab && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        if first == UInt8(ascii: "["), !name.hasSuffix(".md"), !name.hasSuffix(".markdown") { return .json }
        let headings = bytes.withUnsafeBufferPointer { try? MarkdownHeadings.scan($0) }
        guard let headings, !headings.isEmpty else { return .markdown }
        let isModelSpec = headings.allSatisfy {
            $0.isPlain && $0.level <= 4 && HeadingAttributes.split($0.content).group != nil
        }
        return isModelSpec ? .modelSpec : .markdown
    }
}
