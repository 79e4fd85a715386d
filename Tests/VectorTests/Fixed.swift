import Because
import SQLiteStorage
import Synchronization

/// Everything that differs from run to run elsewhere, fixed: keys, clock and randomness.
enum Fixed {
    static let origin = "vectors.example/log"

    static func key(_ number: Int, name: String = origin) -> SigningKey {
        guard let name = KeyName(name),
            let key = Ed25519.PrivateKey(seed: SHA256.digest(of: Array("vector key \(number)".utf8)).bytes)
        else { preconditionFailure("a name and 32 bytes make a key") }
        return SigningKey(name: name, key: key)
    }

    /// A clock that goes on by a second whenever it is read.
    static func clock() -> LedgerClock {
        let seconds = Mutex<Int64>(0)
        return LedgerClock(
            now: {
                seconds.withLock {
                    $0 += 1
                    return Timestamp(microseconds: 1_790_000_000_000_000 + $0 * 1_000_000)
                }
            }, elapsed: { seconds.withLock { $0 * 1_000_000 } })
    }

    /// The hashes of 0, 1, 2, …, one after the other.
    static func randomness() -> Randomness {
        let state = Mutex<(count: Int, rest: [UInt8])>((0, []))
        return Randomness { buffer in
            state.withLock { state in
                while state.rest.count < buffer.count {
                    state.rest += SHA256.digest(of: Array("\(state.count)".utf8)).bytes
                    state.count += 1
                }
                buffer.copyBytes(from: state.rest.prefix(buffer.count))
                state.rest.removeFirst(buffer.count)
            }
        }
    }

    /// Makes a ledger in a folder, lets `body` record in it, and closes it.
    static func ledger<Result>(
        in folder: String, name: String = origin, continuing: Continuation? = nil,
        _ body: (Ledger) async throws -> Result
    ) async throws -> Result {
        let store = try SQLiteStore.create(
            in: folder, subjectKey: SHA256.digest(of: Array("vector subjects".utf8)).bytes)
        let ledger = try await Ledger.create(
            in: store, folder: folder,
            signing: .init(key: key(1, name: name), head: try HeadFile(path: folder + "/head", isWritable: true)),
            continuing: continuing, reason: continuing.map { _ in "The disk failed." }, clock: clock(),
            randomness: randomness())
        let result = try await body(ledger)
        await ledger.close()
        return result
    }

    private static let rules = """
        # Rules {#rules}

        ## Be honest {#be_honest authority=root}

        Say what is true.

        ## Be brief {#be_brief authority=user}

        Be short.

        """

    static func register(version: String, in ledger: Ledger) async throws {
        let text = version == "1" ? rules : rules.replacing("Be short.", with: "Be as short as you can.")
        let specification = try Specification(
            parsing: Array(text.utf8), format: .modelSpec, id: "acme/rules", version: version)
        _ = try await ledger.register(specification, isActive: true)
    }

    /// Records decision `number`, from 1.
    static func record(_ number: Int, in ledger: Ledger) async throws {
        let text = """
            {"id":"d-\(number)","outcome":"refuse","summary":"Declined to invent date \(number)","principles":[{"ref":\
            "acme/rules#be_honest","role":"applied"}],"rationale":{"text":"No date is known.","source":"model",\
            "timing":"with"},"subject":"customer-\(number % 2)","producer":{"id":"desk","seq":\(number)}}
            """
        _ = try await ledger.record([Submission(checking: JSON(parsing: Array(text.utf8)))])[0].get()
    }

    /// A specification and four decisions, another version, and a fifth: nine entries.
    static func good(_ ledger: Ledger) async throws {
        try await register(version: "1", in: ledger)
        for number in 1...4 { try await record(number, in: ledger) }
        try await register(version: "2", in: ledger)
        for number in 5...6 { try await record(number, in: ledger) }
    }

    /// Decisions that were held, erased by request, and erased by retention; and one that is there still.
    static func erasures(_ ledger: Ledger) async throws {
        try await register(version: "1", in: ledger)
        for number in 1...4 { try await record(number, in: ledger) }
        try await ledger.placeHold(on: .subject("customer-0"), basis: "A case is open.")
        try await ledger.setRetention(RetentionClass("short", minimum: 60, maximum: 3600), isDefault: true)
        let grounds = ErasureGrounds(basis: "The customer asked for it.", despitesMinimum: true)
        _ = try await ledger.commitErasure(of: "d-1", .paths(["summary"]), grounds)
        _ = try await ledger.commitErasure(ofSubject: "customer-1", grounds)
        try await ledger.releaseHolds(on: .subject("customer-0"), basis: "The case was closed.")
        try await ledger.setRetention(RetentionClass("short", maximum: 0))
        _ = try await ledger.commitRetention()
        try await record(5, in: ledger)
        _ = try ledger.scrub(patience: 1) { _ in nil }
    }

    /// Two changes of keys, of which the second revokes.
    static func twoKeys(_ ledger: Ledger) async throws {
        try await register(version: "1", in: ledger)
        try await record(1, in: ledger)
        _ = try await ledger.rotateKey(to: key(2))
        try await record(2, in: ledger)
        _ = try await ledger.rotateKey(to: key(3), isRevocation: true, reason: "It was stolen.")
        try await record(3, in: ledger)
    }
}
