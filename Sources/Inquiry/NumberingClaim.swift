import Decisions
import JSON
import Ledgers

/// What an attempt or a producer's own record says of the numbers of a run.
struct NumberingClaim: Equatable {
    /// The greatest number that was given to a decision, as far as this says it.
    var announced: Int64 = 0
    /// What the producer says; `nil` for an attempt.
    var event: ProducerEvent.Event?
    /// Numbers that are given up.
    var declared: ClosedRange<Int64>?
    /// What is lost without numbers, by name.
    var lost: [String: Int64] = [:]
    /// The id that the attempted decision is to have.
    var attempted: String?
    /// The run before this one, and its greatest number that is known.
    var previous: Previous?

    struct Previous: Equatable {
        let epoch: String
        let announced: Int64
    }

    /// `nil` for a record of another type.
    init?(_ content: JSONObject, type: String) {
        switch type {
        case Attempt.type.name:
            attempted = content["decision"]?.text
            announced = Self.number(content["producer"]?["seq"]) ?? 0
        case ProducerEvent.type.name:
            guard let event = content["event"]?.text.flatMap(ProducerEvent.Event.init) else { return nil }
            self.event = event
            announced = Self.number(content["count"]) ?? 0
            read(event, content)
        default: return nil
        }
    }

    private mutating func read(_ event: ProducerEvent.Event, _ content: JSONObject) {
        switch event {
        case .open:
            guard let epoch = content["previous_epoch"]?.text, let count = Self.number(content["previous_count"]),
                count > 0
            else { return }
            previous = Previous(epoch: epoch, announced: count)
        case .gap:
            guard let first = Self.number(content["first"]), let last = Self.number(content["last"]), first <= last
            else { return }
            declared = first...last
            // What is given up was given.
            announced = last
        case .loss:
            for name in Numbering.losses { lost[name] = Self.number(content["lost"]?[name]) }
        case .heartbeat, .close: break
        }
    }

    /// A log that nobody verified can hold any number.
    private static func number(_ json: JSON?) -> Int64? {
        json?.integer.flatMap { (0...JSON.integerLimit).contains($0) ? $0 : nil }
    }
}
