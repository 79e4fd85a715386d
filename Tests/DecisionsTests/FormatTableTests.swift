import Decisions
import Foundation
import Testing

/// The rows of the table of fields in FORMAT.md, made from the fields themselves.
private enum FieldTable {
    static var lines: [String] {
        head + rows(DecisionFields.all, prefix: "")
    }

    private static let head = ["| Field | Value | | | Meaning |", "|---|---|---|---|---|"]

    /// A table for each type of later fact, without the members that all of them have.
    static var laterFacts: [String] {
        RecordType.all.dropFirst().flatMap { type in
            let own = type.fields.filter { !common.contains($0.name) }
            return ["", "**`\(type.name)`**: \(type.meaning)", ""] + head + rows(own, prefix: "")
        } + [""]
    }

    private static let common: Set<String> = [
        "id", "type", "occurred", "session", "trace", "span", "links", "notes", "context",
    ]

    private static func rows(_ fields: [Field], prefix: String) -> [String] {
        fields.flatMap { field -> [String] in
            let path = prefix + field.name
            let row = [
                "`\(path)`", value(field.shape), field.isRequired ? "required" : "",
                field.isSealed ? "**sealed**" : "clear", field.meaning,
            ]
            return ["| \(row.joined(separator: " | ")) |"] + rows(inside: field.shape, path: path)
        }
    }

    private static func rows(inside shape: Shape, path: String) -> [String] {
        switch shape {
        case .object(let fields): rows(fields, prefix: path + ".")
        case .list(let item, _): rows(inside: item, path: path + "[]")
        default: []
        }
    }

    private static func value(_ shape: Shape) -> String {
        switch shape {
        case .id: "id"
        case .record(let types): "id of a record: \(types.joined(separator: ", "))"
        case .code: "code"
        case .time: "time"
        case .word(let words): words.map { "`\($0)`" }.joined(separator: " ")
        case .boolean: "boolean"
        case .integer(let range): "integer, \(range.lowerBound) to \(range.upperBound)"
        case .fraction: "fraction"
        case .text(let limit): "text, 1 to \(limit) bytes"
        case .contentDigest: "digest"
        case .anyObject: "any object"
        case .reference: "reference"
        case .party: "party"
        case .object: "object"
        case .list(.object, let count): "list of \(count.lowerBound) to \(count.upperBound) objects"
        case .list(let item, let count): "list of \(count.lowerBound) to \(count.upperBound): \(value(item))"
        }
    }
}

struct FormatTableTests {
    @Test func `the table of fields in FORMAT says what the checker checks`() throws {
        try compare("fields", FieldTable.lines)
    }

    @Test func `the tables of later facts in FORMAT say what the checker checks`() throws {
        try compare("later facts", FieldTable.laterFacts)
    }

    private func compare(_ name: String, _ want: [String]) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "schema/FORMAT.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- \(name): begin -->\n"))
        let end = try #require(text.range(of: "<!-- \(name): end -->", range: begin.upperBound..<text.endIndex))
        let written = text[begin.upperBound..<end.lowerBound].split(separator: "\n").map(String.init)
        let want = want.filter { !$0.isEmpty }
        #expect(written == want, "between the two markers belongs:\n\(want.joined(separator: "\n"))")
    }
}
