import Decisions
public import JSON
import Notes

extension Explanation {
    /// The decision and what it is linked with as W3C PROV-JSON, as far as the audience sees it.
    ///
    /// It says what the record says and no more: that an input was among those of a decision is `used`, and nothing says that an
    /// output was derived from it. Names and relations are those of schema/AUDIENCES.md.
    public var prov: JSON {
        var document = ProvenanceDocument(log: proof.checkpoint.origin)
        document.addDecision(self)
        for entry in later { document.addLater(entry, of: id) }
        return document.json
    }
}

/// A PROV-JSON document while it is made: records by their kind, then by their names.
struct ProvenanceDocument {
    /// A qualified name in the namespace of the log, such as `log:record/ticket-1`.
    struct Name: Hashable {
        let text: String

        /// `parts` are joined by slashes; what no local name may hold is percent-encoded, as PROV-N allows.
        init(_ parts: [String]) { text = "log:" + parts.map(ProvenanceDocument.encoded).joined(separator: "/") }

        init(_ parts: String...) { self.init(parts) }

        var json: JSON { .string(text) }
    }

    private static let vocabulary = "urn:because:provenance:1#"

    private let log: String
    private var records: [String: JSONObject] = [:]
    private var relationCount = 0

    init(log: String) { self.log = log }

    var json: JSON {
        var object: JSONObject = [
            "prefix": [
                "because": .string(Self.vocabulary), "log": .string("urn:because:log:\(Self.encoded(log)):"),
            ]
        ]
        for (kind, records) in records { object[kind] = .object(records) }
        return .object(object)
    }

    /// Letters, digits, `_` and `-` stay; a dot stays where no name ends with it.
    static func encoded(_ text: String) -> String {
        var output = ""
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                output.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: ".") where index + 1 < text.utf8.count: output += "."
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                output += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return output
    }

    /// Adds a record, or attributes to the one of this name.
    mutating func add(_ kind: String, _ name: Name, _ attributes: JSONObject = [:]) {
        var record = records[kind]?[name.text]?.object ?? [:]
        for member in attributes.members { record[member.name] = member.value }
        records[kind, default: [:]][name.text] = .object(record)
    }

    /// Adds a relation. Its name is its place in the document, which is the same for the same answer.
    mutating func relate(_ kind: String, _ members: JSONObject) {
        relationCount += 1
        let digits = String(relationCount)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        records[kind, default: [:]]["_:r\(number)"] = .object(members)
    }

    // MARK: Values

    static func qualified(_ name: String) -> JSON { ["$": .string(name), "type": "prov:QUALIFIED_NAME"] }

    static func time(_ text: String) -> JSON { ["$": .string(text), "type": "xsd:dateTime"] }

    /// The members of `object` that are texts, integers, decimals or booleans, as attributes of the vocabulary.
    static func attributes(_ object: JSONObject, except names: Set<String> = []) -> JSONObject {
        var attributes = JSONObject()
        for member in object.members where !names.contains(member.name) {
            let name = "because:\(encoded(member.name))"
            switch member.value {
            case .string: attributes[name] = member.value
            case .integer(let number): attributes[name] = ["$": .string("\(number)"), "type": "xsd:integer"]
            case .bool(let bool): attributes[name] = ["$": .string("\(bool)"), "type": "xsd:boolean"]
            case .decimal(let text): attributes[name] = ["$": .string(text), "type": "xsd:decimal"]
            case .null, .array, .object: break
            }
        }
        return attributes
    }
}
