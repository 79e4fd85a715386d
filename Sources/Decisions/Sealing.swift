public import Cryptography
public import JSON

/// The text that opens one sealed field: an SD-JWT disclosure for an object property (RFC 9901 section 4.2.1).
public struct Disclosure: Sendable, Equatable {
    /// Bits of salt, as section 9.3 recommends.
    static let saltByteCount = 16

    /// Unpadded base64url of the JSON list of salt, name and value. Its SHA-256 stands in the log.
    public let text: [UInt8]
    public let name: String
    public let value: JSON

    /// The disclosure of a field under a salt.
    init(salt: some Collection<UInt8>, name: String, value: JSON) {
        let salt = Base64.encode(Array(salt), .url)
        var list = Array("[\"\(salt)\",".utf8)
        JSON.append(name, to: &list)
        list.append(UInt8(ascii: ","))
        value.append(to: &list)
        list.append(UInt8(ascii: "]"))
        var text: [UInt8] = []
        text.reserveCapacity(list.count * 4 / 3 + 4)
        list.withUnsafeBytes { Base64.append($0, .url, to: &text) }
        self.text = text
        self.name = name
        self.value = value
    }

    /// Reads a stored disclosure; `nil` unless it is base64url of a list of a salt, a name and a value.
    public init?(parsing text: [UInt8]) {
        guard let list = Base64.decode(text, .url), let items = (try? JSON(parsing: list))?.items, items.count == 3,
            items[0].text != nil, let name = items[1].text, name != Self.digestsName
        else { return nil }
        self.text = text
        self.name = name
        value = items[2]
    }

    /// The digest that stands in the entry.
    public var digest: Digest { SHA256.digest(of: text) }

    /// The name of the member that holds an object's digests (RFC 9901 section 4.2.4.1).
    static let digestsName = "_sd"
}

/// A decision ready to be recorded: the body that goes into the log, and what lies sealed beside it.
public struct SealedBody: Sendable {
    /// Canonical bytes of the body.
    public let bytes: [UInt8]
    /// The disclosures, in the order of their digests in the body.
    public let disclosures: [Disclosure]

    /// Digests one entry can hold.
    public static let disclosureLimit = 2048

    /// Bytes of all disclosures of one entry: what a line of the submission format can bring, and fits into one of an export.
    public static let byteLimit = 1_835_008

    init(bytes: [UInt8], disclosures: [Disclosure]) {
        self.bytes = bytes
        self.disclosures = disclosures
    }

    /// The body of an entry that is no decision: `clear` as it is, and each member of `sealed` behind a digest.
    public init(_ clear: JSONObject, sealing sealed: JSONObject, randomness: Randomness) {
        let opened = sealed.members.map { member in
            Disclosure(salt: randomness.bytes(Disclosure.saltByteCount), name: member.name, value: member.value)
        }.sorted { $0.digest.base64URL.utf8.lexicographicallyPrecedes($1.digest.base64URL.utf8) }
        var body = clear
        if !opened.isEmpty { body[Disclosure.digestsName] = .array(opened.map { .string($0.digest.base64URL) }) }
        self.init(bytes: JSON.object(body).bytes(), disclosures: opened)
    }
}

/// What a reference was found to mean.
public struct Citation: Sendable, Equatable {
    /// The digest of the document.
    public let document: Digest
    /// The digest of the section's exact words.
    public let section: Digest
    /// The authority of the section, where it has one.
    public let authority: String?

    public init(document: Digest, section: Digest, authority: String?) {
        self.document = document
        self.section = section
        self.authority = authority
    }
}

/// What a resolver answers: the citation, or why there is none.
public enum Resolution: Sendable {
    case citation(Citation)
    case unresolved(reason: String)
}

extension Submission {
    /// Replaces references by citations and everything sealed by digests.
    ///
    /// `resolve` is asked once for each reference. Throws the references that do not resolve, unless the submission accepts
    /// them, and a submission with more sealed fields than an entry can hold.
    public func sealed(
        randomness: Randomness, resolve: (String) -> Resolution
    ) throws(SubmissionError) -> SealedBody {
        try withoutActuallyEscaping(resolve) { (resolve) throws(SubmissionError) in
            var sealer = Sealer(randomness: randomness, acceptsUnresolved: acceptsUnresolved, resolve: resolve)
            let body = sealer.object(content, DecisionFields.all, at: "")
            guard sealer.problems.isEmpty else { throw SubmissionError(problems: sealer.problems) }
            guard sealer.disclosures.count <= SealedBody.disclosureLimit else {
                throw SubmissionError(problems: [
                    .tooLarge(
                        found: sealer.disclosures.count, limit: SealedBody.disclosureLimit,
                        what: "the number of sealed fields in one entry")
                ])
            }
            let byteCount = sealer.disclosures.values.reduce(0) { $0 + $1.text.count }
            guard byteCount <= SealedBody.byteLimit else {
                throw SubmissionError(problems: [
                    .tooLarge(
                        found: byteCount, limit: SealedBody.byteLimit, what: "the bytes of sealed fields in one entry")
                ])
            }
            return SealedBody(bytes: JSON.object(body).bytes(), disclosures: sealer.ordered(in: body))
        }
    }
}

/// Walks a checked submission and builds the body.
private struct Sealer {
    let randomness: Randomness
    let acceptsUnresolved: Bool
    let resolve: (String) -> Resolution
    var disclosures: [Digest: Disclosure] = [:]
    var problems: [SubmissionError.Problem] = []
    /// Salts are drawn in one call for a record: the generator's fixed cost is larger than a salt's.
    private var salts: ArraySlice<UInt8> = []

    init(randomness: Randomness, acceptsUnresolved: Bool, resolve: @escaping (String) -> Resolution) {
        self.randomness = randomness
        self.acceptsUnresolved = acceptsUnresolved
        self.resolve = resolve
    }

    private mutating func seal(_ name: String, _ value: JSON) -> JSON {
        if salts.isEmpty { salts = randomness.bytes(Disclosure.saltByteCount * 8)[...] }
        let disclosure = Disclosure(salt: salts.prefix(Disclosure.saltByteCount), name: name, value: value)
        salts = salts.dropFirst(Disclosure.saltByteCount)
        let digest = disclosure.digest
        disclosures[digest] = disclosure
        return .string(digest.base64URL)
    }

    mutating func object(_ object: JSONObject, _ fields: [Field], at path: String) -> JSONObject {
        var body = JSONObject()
        var digests: [JSON] = []
        for member in object.members {
            guard let field = fields.first(where: { $0.name == member.name }) else {
                preconditionFailure("a checked submission has no unknown field")
            }
            if field.isSealed {
                digests.append(seal(field.name, member.value))
            } else {
                let path = path.isEmpty ? field.name : "\(path).\(field.name)"
                body[field.name] = clear(member.value, field.shape, at: path)
            }
        }
        // Sorted, so that their order says nothing about which field is which.
        if !digests.isEmpty { body[Disclosure.digestsName] = .array(sorted(digests)) }
        return body
    }

    private func sorted(_ digests: [JSON]) -> [JSON] {
        digests.compactMap(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(JSON.string)
    }

    private mutating func clear(_ value: JSON, _ shape: Shape, at path: String) -> JSON {
        switch (shape, value) {
        case (.object(let fields), .object(let object)): return .object(self.object(object, fields, at: path))
        case (.list(let shape, _), .array(let items)):
            var body: [JSON] = []
            for (index, item) in items.enumerated() { body.append(clear(item, shape, at: "\(path)[\(index)]")) }
            return .array(body)
        case (.fraction, .decimal(let text)): return .string(text)
        case (.fraction, .integer(let number)): return .string(String(number))
        case (.party, .string(let text)) where Shape.isMessage(text): return value
        case (.reference, .string(let text)), (.party, .string(let text)): return cite(text, at: path)
        default: return value
        }
    }

    private mutating func cite(_ ref: String, at path: String) -> JSON {
        // What fails is refused whole: looking for names near to thousands of references more would change nothing.
        guard problems.count < Checker.problemLimit, disclosures.count <= SealedBody.disclosureLimit else {
            return .null
        }
        switch resolve(ref) {
        case .citation(let citation):
            var body: JSONObject = [
                "ref": .string(ref), "document_digest": .string(citation.document.base64URL),
                "section_digest": .string(citation.section.base64URL),
            ]
            body["authority"] = citation.authority.map(JSON.string)
            return .object(body)
        case .unresolved(let reason):
            guard acceptsUnresolved else {
                problems.append(.unresolved(field: path, reason: reason))
                return .null
            }
            return [Disclosure.digestsName: [seal("ref", .string(ref))], "unresolved": true]
        }
    }

    /// The disclosures by the place of their digests in the body.
    func ordered(in body: JSONObject) -> [Disclosure] {
        SealedFields.digests(in: .object(body)).compactMap { disclosures[$0] }
    }
}

extension Shape {
    /// Whether a party is the message of a role.
    static func isMessage(_ text: String) -> Bool {
        text.hasPrefix("message:") && messageRoles.contains(String(text.dropFirst(8)))
    }
}

/// The digests that an entry holds in place of its sealed fields.
public enum SealedFields {
    /// Every digest of `body`, in the order of the canonical text: the place in this list is a disclosure's ordinal.
    /// A member `_sd` that is not a list of digests counts as none.
    public static func digests(in body: JSON) -> [Digest] {
        var digests: [Digest] = []
        collect(body, into: &digests)
        return digests
    }

    private static func collect(_ value: JSON, into digests: inout [Digest]) {
        switch value {
        case .array(let items): for item in items { collect(item, into: &digests) }
        case .object(let object):
            for member in object.members {
                if member.name == Disclosure.digestsName {
                    digests.append(contentsOf: list(member.value))
                } else {
                    collect(member.value, into: &digests)
                }
            }
        default: break
        }
    }

    static func list(_ value: JSON) -> [Digest] {
        (value.items ?? []).compactMap { $0.text.flatMap { Digest(base64URL: $0) } }
    }
}
