public import Decisions

/// Why values were not erased, or a hold or class not recorded.
public enum ErasureProblem: Error {
    /// There is no such record.
    case unknownRecord(String)
    /// The basis is empty or too long.
    case basis(byteCount: Int, limit: Int)
    /// The name of a person is empty or too long.
    case subject(byteCount: Int, limit: Int)
    /// The record has no sealed field of this path.
    case unknownField(String, id: String, entry: UInt64, present: [String], erased: [String])
    /// Nothing of the record is sealed.
    case nothingSealed(id: String, entry: UInt64)
    /// A hold keeps it.
    case held(id: String, entry: UInt64, by: Hold)
    /// The entry is itself a hold that is in force.
    case isHold(Hold)
    /// The record is to be kept for longer.
    case beforeMinimum(id: String, entry: UInt64, retentionClass: String, until: Timestamp)
    /// Nothing of this kind is held.
    case notHeld(String)
    case invalidClass(String)
    /// The clock is so far beyond the last entry that it may be wrong, and what is erased cannot be taken back.
    case clockUncertain(now: Timestamp, last: Timestamp)
}

extension ErasureProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownRecord(let id): "no entry has the id \(id)"
        case .basis(0, _): "the basis is empty"
        case .basis(let count, let limit): "the basis has \(count) bytes; at most \(limit) are kept"
        case .subject(let count, let limit): "the name of a person has 1 to \(limit) bytes, not \(count)"
        case .unknownField(let field, let id, let entry, _, _): "\(id), entry \(entry), has no sealed field \(field)"
        case .nothingSealed(let id, let entry): "\(id), entry \(entry), has no sealed fields"
        case .held(let id, let entry, let hold): "\(id), entry \(entry), is held: \(hold.sentence)"
        case .isHold(let hold): "\(hold.id) is a hold in force itself: \(hold.sentence)"
        case .beforeMinimum(let id, let entry, let name, let until):
            "\(id), entry \(entry), is of the class \(name), and is to be kept until \(until)"
        case .notHeld(let what): "no hold in force is on \(what)"
        case .invalidClass(let detail): "the class cannot be set: \(detail)"
        case .clockUncertain(let now, let last):
            "the clock reads \(now), and the last entry is of \(last): what a wrong clock erases is gone for good"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .unknownRecord: "give the whole id; because find looks for records, because show NUMBER prints one"
        case .basis: "say in a sentence on what basis; it is sealed in the entry"
        case .subject: nil
        case .unknownField(_, _, _, let present, let erased):
            (present.isEmpty ? "none of its fields has a value any more" : "it has: \(present.joined(separator: ", "))")
                + (erased.isEmpty ? "" : "; erased before: \(erased.joined(separator: ", "))")
        case .nothingSealed: "what stands in an entry in clear is part of the log and stays"
        case .held(_, _, let hold): "because hold release \(hold.id) ends it, if it may end"
        case .isHold(let hold): "release it first: because hold release \(hold.id)"
        case .beforeMinimum: "where the law asks for it all the same, add --despite-minimum; the entry then says so"
        case .notHeld: "because hold list shows the holds"
        case .invalidClass: "such as because retention set credit --min 180d --max 730d"
        case .clockUncertain: "look at because retain --dry-run; if the clock is right, add --accept-clock"
        }
    }
}

extension Hold {
    /// When it was placed, and why.
    public var sentence: String {
        "by entry \(number) of \(at)" + (basis.map { ": \u{201C}\($0)\u{201D}" } ?? "")
    }
}
