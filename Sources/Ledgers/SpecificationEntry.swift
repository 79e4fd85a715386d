import Cryptography
import Decisions
import JSON
import Specifications

/// Entries of type `specification`: the registration of a document in one or more parts, or the activation of one registered earlier.
enum SpecificationEntry {
    case part(Part)
    case activation(document: String, version: String, digest: Digest)

    struct Part {
        var document: String
        var version: String
        var format: String
        var digest: Digest
        /// From 1 to `parts`.
        var part: Int
        var parts: Int
        /// Whether the version is in force from here on.
        var isActive: Bool
        var sections: [RegisteredSection]
    }

    /// Section descriptions in one part, in bytes: well below what an entry can hold.
    private static let partByteLimit = 48_000

    /// The bodies that register a document, in the order of their entries.
    static func bodies(_ registration: Registration, isActive: Bool) -> [JSON] {
        var groups: [[JSON]] = [[]]
        var byteCount = 0
        for section in registration.sections {
            let json = json(section)
            let count = json.bytes().count + 1
            if byteCount + count > partByteLimit, byteCount > 0 {
                groups.append([])
                byteCount = 0
            }
            groups[groups.count - 1].append(json)
            byteCount += count
        }
        return groups.enumerated().map { index, sections in
            [
                "document": .string(registration.id), "version": .string(registration.version),
                "format": .string(registration.format.rawValue), "digest": .string(registration.digest.base64URL),
                "part": .integer(Int64(index + 1)), "parts": .integer(Int64(groups.count)), "active": .bool(isActive),
                "sections": .array(sections),
            ]
        }
    }

    /// The body that puts a registered version in force.
    static func activation(_ registration: Registration) -> JSON {
        [
            "document": .string(registration.id), "version": .string(registration.version),
            "activates": .string(registration.digest.base64URL),
        ]
    }

    /// Reads the body of an entry; `nil` when it is none that this version writes.
    init?(_ body: JSON) {
        guard let document = body["document"]?.text, let version = body["version"]?.text else { return nil }
        if let digest = body["activates"]?.text.flatMap({ Digest(base64URL: $0) }) {
            self = .activation(document: document, version: version, digest: digest)
            return
        }
        guard let format = body["format"]?.text, let digest = body["digest"]?.text.flatMap({ Digest(base64URL: $0) }),
            let part = body["part"]?.integer, let parts = body["parts"]?.integer, 1 <= part, part <= parts,
            parts < 100_000,
            let isActive = body["active"]?.bool, let items = body["sections"]?.items
        else { return nil }
        let sections = items.compactMap(Self.section)
        guard sections.count == items.count else { return nil }
        self = .part(
            Part(
                document: document, version: version, format: format, digest: digest, part: Int(part),
                parts: Int(parts),
                isActive: isActive, sections: sections))
    }

    private static func json(_ section: RegisteredSection) -> JSON {
        var object: JSONObject = [
            "id": .string(section.id), "title": .string(section.title), "level": .integer(Int64(section.level)),
            "order": .integer(Int64(section.order)), "digest": .string(section.digest.base64URL),
        ]
        object["authority"] = section.authority.map(JSON.string)
        object["parent"] = section.parent.map(JSON.string)
        if !section.tags.isEmpty { object["tags"] = .array(section.tags.map(JSON.string)) }
        return .object(object)
    }

    private static func section(_ json: JSON) -> RegisteredSection? {
        guard let id = json["id"]?.text, let title = json["title"]?.text, let level = json["level"]?.integer,
            let order = json["order"]?.integer, let digest = json["digest"]?.text.flatMap({ Digest(base64URL: $0) }),
            0...1000 ~= level, 0...10_000_000 ~= order
        else { return nil }
        return RegisteredSection(
            id: id, title: title, level: Int(level), authority: json["authority"]?.text,
            tags: (json["tags"]?.items ?? []).compactMap(\.text), parent: json["parent"]?.text, order: Int(order),
            digest: digest)
    }
}
