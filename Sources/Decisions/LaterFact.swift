public import JSON

/// Something that happened to a decision before or after it was recorded. It becomes an entry of its own.
///
/// `Action`, `Oversight`, `Outcome`, `Appeal`, `Correction`, `IssuedExplanation`, `Incident`, `Attempt` and `ProducerEvent`.
public protocol LaterFact: Sendable {
    /// What kind of record it becomes.
    static var type: RecordType { get }
    /// What every record has beside its own members.
    var circumstances: Circumstances { get }
    /// Its own members in the submission format.
    var members: JSONObject { get }
}

/// What every record has: who recorded it, when it happened, and in which course of events.
public struct Circumstances: Sendable, Equatable {
    /// Made when there is none.
    public var id: String?
    /// RFC 3339.
    public var occurred: String?
    public var producerID: String?
    public var producerVersion: String?
    public var session: String?
    public var trace: String?
    public var span: String?
    public var links: [Decision.Link] = []
    /// Sealed.
    public var notes: String?
    /// Sealed.
    public var context: JSONObject?

    public init(id: String? = nil, occurred: String? = nil, producerID: String? = nil) {
        self.id = id
        self.occurred = occurred
        self.producerID = producerID
    }
}

extension LaterFact {
    /// The record in the submission format, not checked yet.
    public var json: JSON {
        var object = members
        let about = circumstances
        object["type"] = .string(Self.type.name)
        object.put("id", about.id)
        object.put("occurred", about.occurred)
        if let id = about.producerID, object["producer"] == nil {
            var producer: JSONObject = ["id": .string(id)]
            producer.put("version", about.producerVersion)
            object["producer"] = .object(producer)
        }
        object.put("session", about.session)
        object.put("trace", about.trace)
        object.put("span", about.span)
        object.put("notes", about.notes)
        object["context"] = about.context.map(JSON.object)
        if !about.links.isEmpty {
            object["links"] = .array(
                about.links.map { ["rel": .string($0.rel.rawValue), "id": .string($0.id)] })
        }
        return .object(object)
    }
}

extension JSONObject {
    mutating func put(_ name: String, _ text: String?) { if let text { self[name] = .string(text) } }

    mutating func put(_ name: String, _ number: Int64?) { if let number { self[name] = .integer(number) } }

    mutating func put(_ name: String, _ word: (some RawRepresentable<String>)?) { put(name, word?.rawValue) }
}

extension Submission {
    /// Checks a fact made in Swift.
    public init(_ fact: some LaterFact) throws(SubmissionError) { try self.init(checking: fact.json) }
}
