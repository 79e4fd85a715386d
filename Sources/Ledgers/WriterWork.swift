import Decisions
public import Notes
public import Storage

extension Writer {
    /// A change of keys: from the one that signs when it is asked for.
    struct Succession: Sendable {
        let from: VerifierKey
        let to: SigningKey
    }

    /// Makes drafts of what is on record when their turn comes, and of the time by then. Nothing is recorded in between.
    typealias Plan = @Sendable (_ snapshot: any StoreSnapshot, _ now: Timestamp) throws -> [Draft]

    /// Drafts of one caller. If `isAtomic`, all of them are recorded or none. With a `succession` they are committed alone,
    /// and the key changes with them; with a `plan` as well, and it makes them.
    struct Work {
        var drafts: [Draft]
        var isAtomic = false
        var succession: Succession?
        var plan: Plan?
        let reply: @Sendable ([Result<Receipt, RecordError>]) -> Void

        var isAlone: Bool { succession != nil || plan != nil }

        func refused(_ error: RecordError) -> [Result<Receipt, RecordError>] {
            plan == nil ? drafts.map { _ in .failure(error) } : [.failure(error)]
        }
    }

    /// What waits for the writer.
    struct Inbox {
        var work: [Work] = []
        var isDraining = false
        var isClosed = false
    }
}

extension StoredSignature {
    /// The signature line of a note.
    public init(_ signature: NoteSignature) {
        self.init(name: signature.name.text, keyID: signature.keyID, signature: signature.signature)
    }
}

extension Store {
    /// Reads with the errors of a store alone.
    func reading<Result>(_ body: (any StoreSnapshot) throws(StoreError) -> Result) throws(LedgerError) -> Result {
        do { return try read(body) } catch { throw .store(error as? StoreError ?? .io(detail: "\(error)")) }
    }
}
