public import Decisions
import JSON
import Storage

/// How long records of one class are kept, as an entry of type `retention` says. Body:
/// `{"class","default"?:true,"event":"set","maximum"?,"minimum"?}`, in seconds.
public struct RetentionClass: Sendable, Equatable {
    /// The word by which decisions name it: `Grammar.isCode`.
    public let name: String
    /// Seconds from its recording during which a record is not erased.
    public let minimum: Int64?
    /// Seconds from its recording after which its sealed values are due to be erased.
    public let maximum: Int64?

    /// The longest time that can be set: a thousand years of 365 days.
    public static let limit: Int64 = 1000 * 365 * 86_400

    public init(_ name: String, minimum: Int64? = nil, maximum: Int64? = nil) {
        self.name = name
        self.minimum = minimum
        self.maximum = maximum
    }

    /// What is wrong with it, in words; `nil` where nothing is.
    var problem: String? {
        guard Grammar.isCode(name) else { return "the name of a class is \(Grammar.codeDescription)" }
        guard minimum != nil || maximum != nil else { return "a class has a minimum, a maximum or both" }
        for time in [minimum, maximum].compactMap(\.self) where !(0...Self.limit).contains(time) {
            return "a time to keep is from 0 to 365000 days"
        }
        guard minimum ?? 0 <= maximum ?? .max else { return "the minimum is longer than the maximum" }
        return nil
    }

    func body(isDefault: Bool) -> JSONObject {
        var body: JSONObject = ["class": .string(name), "event": "set"]
        if isDefault { body["default"] = true }
        body["minimum"] = minimum.map(JSON.integer)
        body["maximum"] = maximum.map(JSON.integer)
        return body
    }

    fileprivate init?(_ body: JSON) {
        guard let name = body["class"]?.text else { return nil }
        self.init(name, minimum: body["minimum"]?.integer, maximum: body["maximum"]?.integer)
        if problem != nil { return nil }
    }

    /// When what was recorded at `time` may be erased.
    public func end(ofMinimum time: Timestamp) -> Timestamp? { minimum.map { time.adding(seconds: $0) } }

    /// When what was recorded at `time` is due to be erased.
    public func end(ofMaximum time: Timestamp) -> Timestamp? { maximum.map { time.adding(seconds: $0) } }
}

/// The classes of a ledger. Of each, what was set last counts, for what was recorded before as well.
public struct RetentionPolicy: Sendable {
    public private(set) var classes: [RetentionClass] = []
    /// The class of records that name none.
    public private(set) var defaultName: String?

    /// The class of this name, or of records that name none.
    public func retentionClass(_ name: String?) -> RetentionClass? {
        guard let name = name ?? defaultName else { return nil }
        return classes.first { $0.name == name }
    }

    fileprivate mutating func add(_ entry: Entry) throws(LedgerError) {
        guard entry.type == EntryType.retention else { return }
        let body = try entry.provenBody()
        guard body["event"]?.text == "set", let new = RetentionClass(body) else { return }
        classes.removeAll { $0.name == new.name }
        classes.append(new)
        classes.sort { $0.name < $1.name }
        if body["default"]?.bool == true { defaultName = new.name }
    }
}

extension LedgerView {
    /// The classes that are set, from proven entries.
    public func retentionPolicy() throws(LedgerError) -> RetentionPolicy {
        var policy = RetentionPolicy()
        for number in try ownEntries(EntryType.retention) { try policy.add(provenEntry(number)) }
        return policy
    }
}

extension Timestamp {
    /// The moment so many seconds later; the last that can be written where there is none.
    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: min(microseconds + seconds * 1_000_000, Self.last.microseconds))
    }

    private static let last = Timestamp(microseconds: 253_402_300_799_999_999)
}
