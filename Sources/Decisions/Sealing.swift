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

/// An entry's body ready to be recorded: what goes into the log, and what lies sealed beside it.
public struct SealedBody: Sendable {
    /// Canonical bytes of the body.
    public let bytes: [UInt8]
    /// The texts of the disclosures, in the order of their digests in the body.
    public let texts: [[UInt8]]

    /// The disclosures, read from their texts.
    public var disclosures: [Disclosure] {
        texts.map { text in
            guard let disclosure = Disclosure(parsing: text) else {
                preconditionFailure("what was sealed can be opened")
            }
            return disclosure
        }
    }

    /// Digests one entry can hold.
    public static let disclosureLimit = 2048

    /// Bytes of all disclosures of one entry: what a line of the submission format can bring, and fits into one of an export.
    public static let byteLimit = 1_835_008

    init(bytes: [UInt8], texts: [[UInt8]]) {
        self.bytes = bytes
        self.texts = texts
    }

    /// The body of an entry that is no decision: `clear` as it is, and each member of `sealed` behind a digest.
    public init(_ clear: JSONObject, sealing sealed: JSONObject, randomness: Randomness) {
        let opened = sealed.members.map { member in
            Disclosure(salt: randomness.bytes(Disclosure.saltByteCount), name: member.name, value: member.value)
        }.sorted { $0.digest.base64URL.utf8.lexicographicallyPrecedes($1.digest.base64URL.utf8) }
        var body = clear
        if !opened.isEmpty { body[Disclosure.digestsName] = .array(opened.map { .string($0.digest.base64URL) }) }
        self.init(bytes: JSON.object(body).bytes(), texts: opened.map(\.text))
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
    /// `hint` is what the producer can do, where it is another thing than usual.
    case unresolved(reason: String, hint: String? = nil)
}

extension Submission {
    /// Replaces references by citations and everything sealed by digests.
    ///
    /// `resolve` is asked once for each reference. Throws the references that do not resolve, unless the submission accepts
    /// them, and a submission with more sealed fields than an entry can hold.
    public func sealed(
        randomness: Randomness, resolve: (String) -> Resolution
    ) throws(SubmissionError) -> SealedBody {
        var salts = Salts(randomness)
        return try sealed(&salts, resolve: resolve)
    }

    /// The same with salts that several submissions share.
    public func sealed(
        _ salts: inout Salts, resolve: (String) -> Resolution
    ) throws(SubmissionError) -> SealedBody {
        var sealer = PlanSealer(plan)
        sealer.run(&salts, acceptsUnresolved: acceptsUnresolved, resolve: resolve)
        guard sealer.unresolved.isEmpty else { throw SubmissionError(problems: problems(sealer.unresolved)) }
        guard sealer.texts.count <= SealedBody.disclosureLimit else {
            throw .tooLarge(sealer.texts.count, SealedBody.disclosureLimit, "the number of sealed fields in one entry")
        }
        let byteCount = sealer.texts.reduce(0) { $0 + $1.count }
        guard byteCount <= SealedBody.byteLimit else {
            throw .tooLarge(byteCount, SealedBody.byteLimit, "the bytes of sealed fields in one entry")
        }
        return SealedBody(bytes: sealer.body, texts: sealer.texts)
    }

    /// What is wrong with references, given by their place among all of the submission.
    private func problems(_ unresolved: [PlanSealer.Unresolved]) -> [SubmissionError.Problem] {
        let paths = type.references(in: content)
        return unresolved.map { .unresolved(field: paths[$0.place], reason: $0.reason, hint: $0.hint) }
    }
}

extension SubmissionError {
    fileprivate static func tooLarge(_ found: Int, _ limit: Int, _ what: String) -> SubmissionError {
        SubmissionError(problems: [.tooLarge(found: found, limit: limit, what: what)])
    }
}

extension RecordType {
    /// The paths of the references of a checked submission, such as `principles[0].ref`, in the order of the canonical text.
    func references(in content: JSONObject) -> [String] {
        var paths: [String] = []
        collect(.object(content), .object(fields), at: "", into: &paths)
        return paths
    }

    private func collect(_ value: JSON, _ shape: Shape, at path: String, into paths: inout [String]) {
        switch (shape, value) {
        case (.object(let fields), .object(let object)):
            for member in object.members {
                guard let field = fields.first(where: { $0.name == member.name }), !field.isSealed else { continue }
                collect(
                    member.value, field.shape, at: path.isEmpty ? field.name : "\(path).\(field.name)", into: &paths)
            }
        case (.list(let shape, _), .array(let items)):
            for (index, item) in items.enumerated() { collect(item, shape, at: "\(path)[\(index)]", into: &paths) }
        case (.party, .string(let text)) where Shape.isMessage(text): break
        case (.reference, .string), (.party, .string): paths.append(path)
        default: break
        }
    }
}

extension Shape {
    /// Whether a party is the message of a role.
    static func isMessage(_ text: String) -> Bool {
        text.hasPrefix("message:") && messageRoles.contains(String(text.dropFirst(8)))
    }

    /// Whether a party, as bytes, is the message of a role.
    static func isMessage(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { messages.index(of: bytes) != nil }

    private static let messages = NameTable(messageRoles.map { "message:\($0)" })
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
