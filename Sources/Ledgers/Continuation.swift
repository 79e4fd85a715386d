import JSON
public import Notes

/// What entry 0 of a ledger says of the one that it continues after a break: the last of it that was good, and what is lost.
///
/// A break cannot be undone, since an origin that signed two histories is spent. It can only be declared.
public struct Continuation: Sendable, Equatable {
    /// What happened.
    public enum Break: String, Sendable, CaseIterable {
        /// The database is older than what was signed: a backup was restored, or the end was cut off.
        case rolledBack = "rolled_back"
        /// Another history of the same size was signed.
        case forked
        /// Entries do not have the hashes that were signed, or cannot be read.
        case damaged
        /// Nobody has the signing key any more.
        case keyLost = "key_lost"
    }

    /// The ledger that is continued.
    public let origin: String
    /// Its place in the line: 1 for a ledger that continues none.
    public let epoch: Int
    public let what: Break
    /// The newest checkpoint of it that holds, as it was signed; `nil` where none does.
    public let lastGood: SignedNote?
    /// A checkpoint that was signed and that the entries do not have.
    public let lost: SignedNote?

    public init(origin: String, epoch: Int, what: Break, lastGood: SignedNote?, lost: SignedNote?) {
        self.origin = origin
        self.epoch = epoch
        self.what = what
        self.lastGood = lastGood
        self.lost = lost
    }

    /// The entries that are good.
    public var goodSize: UInt64 { lastGood.flatMap { try? Checkpoint(parsing: $0.text).size } ?? 0 }

    /// The entries that were signed, as far as is known.
    public var lostSize: UInt64? { lost.flatMap { try? Checkpoint(parsing: $0.text).size } }

    var json: JSON {
        var object: JSONObject = [
            "origin": .string(origin), "epoch": .integer(Int64(epoch)), "break": .string(what.rawValue),
        ]
        object["checkpoint"] = lastGood.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }
        object["lost"] = lost.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }
        return .object(object)
    }

    init?(_ json: JSON) {
        func note(_ name: String) -> SignedNote?? {
            guard let text = json[name]?.text else { return json[name] == nil ? .some(nil) : nil }
            return (try? SignedNote(parsing: Array(text.utf8))).map { .some($0) }
        }
        guard let origin = json["origin"]?.text, let epoch = json["epoch"]?.integer, 1...1_000_000 ~= epoch,
            let what = json["break"]?.text.flatMap(Break.init(rawValue:)), let lastGood = note("checkpoint"),
            let lost = note("lost")
        else { return nil }
        self.init(origin: origin, epoch: Int(epoch), what: what, lastGood: lastGood, lost: lost)
    }

    /// What happened, as a sentence.
    public var sentence: String {
        let kept = "\(origin) was continued after its first \(goodSize) entries"
        let lost = lostSize ?? 0
        let gap =
            lost <= goodSize
            ? ""
            : lost == goodSize + 1
                ? "entry \(goodSize) was signed and is lost"
                : "entries \(goodSize) to \(lost - 1) were signed and are lost"
        let what =
            switch what {
            case .rolledBack: "its database had been put back to an older state"
            case .forked: "another history of \(lostSize ?? 0) entries had been signed as well"
            case .damaged: "what comes after them does not hold"
            case .keyLost: "nobody had its signing key any more"
            }
        return ([kept, what] + (gap.isEmpty ? [] : [gap])).joined(separator: "; ")
    }
}

extension Continuation {
    /// The name of the first ledger of the line.
    private var firstOrigin: String {
        let suffix = "/\(epoch)"
        return epoch > 1 && origin.hasSuffix(suffix) ? String(origin.dropLast(suffix.count)) : origin
    }

    /// The name of the ledger that continues: `NAME/2`, `NAME/3`, ….
    public var nextOrigin: String { "\(firstOrigin)/\(epoch + 1)" }

    /// Whether `name` is that of a ledger before `origin` in the line, if all were named as this program names them.
    public func follows(_ name: String) -> Bool {
        guard epoch > 1 else { return false }
        let first = firstOrigin
        if name.utf8.elementsEqual(first.utf8) { return true }
        let digits = name.utf8.starts(with: "\(first)/".utf8) ? name.utf8.dropFirst(first.utf8.count + 1) : ""[...].utf8
        guard let place = Int(Substring(digits)), "\(place)".utf8.elementsEqual(digits) else { return false }
        return 2..<epoch ~= place
    }
}
