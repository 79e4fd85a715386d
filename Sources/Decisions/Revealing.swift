public import Cryptography
public import JSON

/// A record with its sealed fields opened, as far as their disclosures are there.
public struct RevealedRecord: Sendable {
    /// The members as they were submitted, `id` and `type` apart.
    public let content: JSONObject
    /// The sealed fields that no disclosure opens.
    public let missing: [MissingField]
    /// What each resolved reference was found to mean, by its place: `principles[0].ref`.
    public let citations: [String: Citation]

    /// A digest without its disclosure. Which field it was is not to be told from a digest.
    public struct MissingField: Sendable, Equatable {
        /// The object that holds the digest, as a path: `rationale`, `inputs[2]`; empty for the record itself.
        public let path: String
        public let digest: Digest

        public init(path: String, digest: Digest) {
            self.path = path
            self.digest = digest
        }
    }

    /// What kind of record it is.
    public let type: RecordType

    /// Opens the body of a record. A disclosure counts only where its own digest stands in the body.
    public init(body: JSONObject, disclosures: [Disclosure], as type: RecordType = .decision) {
        self.type = type
        var revealer = Revealer(disclosures: Dictionary(disclosures.map { ($0.digest, $0) }) { first, _ in first })
        content = revealer.object(body, type.fields, at: "")
        missing = revealer.missing
        citations = revealer.citations
    }

    /// Opens the record in an entry; `nil` where its type is none that can be submitted. Throws where its body is no JSON.
    public init?(_ entry: Entry, disclosures: [Disclosure]) throws(EntryError) {
        guard let type = RecordType.named(entry.type), let body = try entry.body().object else { return nil }
        self.init(body: body, disclosures: disclosures, as: type)
    }

    /// Whether `submitted` is what was recorded here. Where fields are missing the rest is compared: for each of them one
    /// sealed field of the same object may be anything.
    public func matches(_ submitted: JSONObject) -> Bool {
        if missing.isEmpty { return content == submitted }
        return matches(.object(content), .object(submitted), .object(type.fields), at: "")
    }

    private func matches(_ stored: JSON, _ submitted: JSON, _ shape: Shape, at path: String) -> Bool {
        switch (stored, submitted, shape) {
        case (.object(let stored), .object(let submitted), .object(let fields)):
            var unknown = missing.count { $0.path == path }
            let names = Set(stored.members.map(\.name) + submitted.members.map(\.name))
            return names.allSatisfy { name in
                let field = fields.first { $0.name == name }
                guard let value = stored[name] else {
                    unknown -= 1
                    return unknown >= 0 && field?.isSealed == true
                }
                guard let other = submitted[name], let field else { return false }
                return matches(value, other, field.shape, at: path.isEmpty ? name : "\(path).\(name)")
            }
        case (.array(let stored), .array(let submitted), .list(let shape, _)):
            return stored.count == submitted.count
                && zip(stored, submitted).enumerated().allSatisfy { index, pair in
                    matches(pair.0, pair.1, shape, at: "\(path)[\(index)]")
                }
        case (.null, .string, .reference), (.null, .string, .party):
            // The wording of an unresolved reference is gone.
            return missing.contains { $0.path == path }
        default: return stored == submitted
        }
    }
}

private struct Revealer {
    let disclosures: [Digest: Disclosure]
    var missing: [RevealedRecord.MissingField] = []
    var citations: [String: Citation] = [:]

    mutating func object(_ body: JSONObject, _ fields: [Field], at path: String) -> JSONObject {
        var content = JSONObject()
        for member in body.members {
            if member.name == Disclosure.digestsName {
                for digest in SealedFields.list(member.value) {
                    if let disclosure = disclosures[digest] {
                        content[disclosure.name] = disclosure.value
                    } else {
                        missing.append(.init(path: path, digest: digest))
                    }
                }
            } else if let field = fields.first(where: { $0.name == member.name }) {
                content[field.name] = value(
                    member.value, field.shape, at: path.isEmpty ? field.name : "\(path).\(field.name)")
            } else {
                // A field of a later version stays what it is.
                content[member.name] = member.value
            }
        }
        return content
    }

    private mutating func value(_ value: JSON, _ shape: Shape, at path: String) -> JSON {
        switch (shape, value) {
        case (.object(let fields), .object(let body)): return .object(object(body, fields, at: path))
        case (.list(let shape, _), .array(let items)):
            var content: [JSON] = []
            for (index, item) in items.enumerated() { content.append(self.value(item, shape, at: "\(path)[\(index)]")) }
            return .array(content)
        case (.fraction, .string(let text)):
            return text.utf8.contains(UInt8(ascii: ".")) ? .decimal(text) : text == "0" ? 0 : 1
        case (.reference, .object(let body)), (.party, .object(let body)):
            if let citation = Citation(body: body) { citations[path] = citation }
            return object(body, [], at: path)["ref"] ?? .null
        default: return value
        }
    }
}

extension Citation {
    /// Reads what the log holds in place of a reference; `nil` for one that did not resolve.
    public init?(body: JSONObject) {
        guard let document = body["document_digest"]?.text.flatMap({ Digest(base64URL: $0) }),
            let section = body["section_digest"]?.text.flatMap({ Digest(base64URL: $0) })
        else { return nil }
        self.init(document: document, section: section, authority: body["authority"]?.text)
    }

    /// Every citation of a body, in the order of the canonical text, with the reference as it was submitted.
    public static func all(in body: JSON) -> [(ref: String, citation: Citation)] {
        switch body {
        case .array(let items): return items.flatMap { all(in: $0) }
        case .object(let object):
            if let ref = object["ref"]?.text, let citation = Citation(body: object) { return [(ref, citation)] }
            return object.members.flatMap { all(in: $0.value) }
        default: return []
        }
    }
}
