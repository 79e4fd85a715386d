import Cryptography
import Decisions
import JSON
import Ledgers

/// Records as they are sent: with their ids, times and numbers.
extension Producer {
    func newID() -> String { UUIDv7.make(at: clock.now(), randomness: randomness) }

    /// The time for a record that comes without one.
    var now: Timestamp { clock.now() }

    /// Gives a record its id, time and number, and checks it. A number is taken only if it is one.
    func compose(_ record: Record) throws(SubmissionError) -> Outgoing {
        switch record {
        case .decision(var decision, let bound):
            if let sent = decision.id.flatMap({ unknown[$0] }), sent.decision == decision { return sent }
            let original = decision
            decision.id = decision.id ?? newID()
            decision.occurred = decision.occurred ?? now.description
            let number = bound ?? numbers.take()
            decision.producer = Decision.Producer(id, version: version, epoch: epoch, seq: number)
            do {
                return try Outgoing(
                    decision.bytes, number: number, isBound: bound != nil, decision: original, by: self)
            } catch {
                if bound == nil { numbers.giveBack(number) }
                throw error
            }
        case .attempt(var attempt):
            let number = numbers.take()
            attempt.producer = Decision.Producer(id, version: version, epoch: epoch, seq: number)
            do { return try Outgoing(fact(attempt), number: number, by: self) } catch {
                numbers.giveBack(number)
                throw error
            }
        case .event(let event): return try Outgoing(fact(event), isExempt: event.event == .open, by: self)
        case .heartbeat: return try Outgoing(fact(.heartbeat(id, epoch: epoch, count: numbers.announce())), by: self)
        case .close:
            let event = ProducerEvent.close(id, epoch: epoch, count: numbers.announce())
            return try Outgoing(fact(event), isExempt: true, by: self)
        case .fact(let fact): return try Outgoing(self.fact(fact), by: self)
        }
    }

    private func fact(_ event: ProducerEvent) -> [UInt8] {
        var event = event
        event.version = version
        return fact(event as any LaterFact)
    }

    /// A fact with an id and a time.
    private func fact(_ fact: any LaterFact) -> [UInt8] {
        guard var object = fact.json.object else { preconditionFailure("a fact is an object") }
        if object["id"] == nil { object["id"] = .string(newID()) }
        if object["occurred"] == nil { object["occurred"] = .string(now.description) }
        return JSON.object(object).bytes()
    }

    /// The declarations of numbers that are lost.
    func declarations() -> [(outgoing: Outgoing, range: ClosedRange<Int64>, loss: RunNumbers.Loss)] {
        numbers.lost.flatMap { loss, set in set.ranges.map { ($0, loss) } }.prefix(Self.declarationLimit).compactMap {
            range, loss in
            let gap = ProducerEvent.gap(id, epoch: epoch, range, reason: loss.reason)
            return (try? Outgoing(fact(gap), by: self)).map { ($0, range, loss) }
        }
    }

    /// Keeps a decision in mind that may be recorded, so that it can be sent again as it was; or forgets it.
    func keep(_ outgoing: Outgoing, isUnknown: Bool) {
        var kept = outgoing
        kept.isBound = true
        unknown[outgoing.id] = isUnknown ? kept : nil
    }
}
