import Cryptography
import Decisions
import JSON
import Storage

extension Ledger {
    /// What a hold is on.
    public enum HeldThing: Sendable, Equatable {
        /// The record with this id, and what is recorded later about it.
        case record(String)
        /// Everything about a person, on record or still to come.
        case subject(String)
    }

    /// Bytes of the name of a person.
    static let subjectByteLimit = 1024

    /// Keeps values from being erased, by request or by retention, until the hold is released.
    @discardableResult
    public func placeHold(on thing: HeldThing, basis: String) async throws(RecordError) -> Receipt {
        try Self.check(basis: basis)
        guard let writer else { throw .ledgerIsReadOnly }
        return try await writer.submit { snapshot, _ in
            var sealed: JSONObject = ["basis": .string(basis)]
            var (target, subject): (UInt64?, Digest?)
            switch thing {
            case .record(let id):
                target = try self.view(snapshot).number(ofID: id)
                guard target != nil else { throw RecordError.erasure(.unknownRecord(id)) }
            case .subject(let name):
                guard 1...Self.subjectByteLimit ~= name.utf8.count else {
                    throw RecordError.erasure(.subject(byteCount: name.utf8.count, limit: Self.subjectByteLimit))
                }
                sealed["subject"] = .string(name)
                subject = HMACSHA256.code(of: Array(name.utf8), key: writer.subjectKey)
            }
            var draft = Draft(Hold.placed(on: target), sealing: sealed, type: EntryType.hold, writer.randomness)
            draft.subject = subject
            return [draft]
        }.get()[0]
    }

    /// Ends the holds that are on just this: a record, a person, or, where `thing` is the record of a hold, that one.
    @discardableResult
    public func releaseHolds(on thing: HeldThing, basis: String) async throws(RecordError) -> [Receipt] {
        try Self.check(basis: basis)
        guard let writer else { throw .ledgerIsReadOnly }
        return try await writer.submit { snapshot, _ in
            let view = try self.view(snapshot)
            let active = try view.holds().active
            let ended: [Hold]
            switch thing {
            case .record(let id):
                guard let number = try view.number(ofID: id) else { throw RecordError.erasure(.unknownRecord(id)) }
                ended = active.filter { $0.number == number || $0.target == .record(number) }
            case .subject(let name): ended = active.filter { $0.target == .subject(name) }
            }
            guard !ended.isEmpty else { throw RecordError.erasure(.notHeld(if: thing)) }
            return ended.map { hold in
                Draft(
                    Hold.released(hold.number), sealing: ["basis": .string(basis)], type: EntryType.hold,
                    writer.randomness)
            }
        }.get()
    }
}

extension ErasureProblem {
    fileprivate static func notHeld(if thing: Ledger.HeldThing) -> ErasureProblem {
        switch thing {
        case .record(let id): .notHeld(id)
        case .subject: .notHeld("this person")
        }
    }
}
