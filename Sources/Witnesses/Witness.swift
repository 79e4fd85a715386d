public import Cryptography
public import Glibc
import Ledgers
public import Notes

/// A witness (C2SP tlog-witness): it cosigns a checkpoint of a log it watches when that extends the one it cosigned before, and
/// never anything else.
///
/// Calls block until the disk has the new state. Any thread may call.
public final class Witness: Sendable {
    /// With which its cosignatures are verified.
    public let key: VerifierKey

    private let signing: SigningKey
    private let logs: [VerifierKey]
    private let store: WitnessStore
    private let now: @Sendable () -> UInt64

    /// Makes the folder of a witness called `name`, with a new key of mode 0600 and no memory yet. Returns its verifier key.
    public static func create(
        in folder: String, name: String, randomness: Randomness = .system
    ) throws -> VerifierKey {
        guard KeyName.isValid(name), name.utf8.count <= Checkpoint.maximumOriginByteCount else {
            throw WitnessError.invalidName(name)
        }
        guard mkdir(folder, 0o700) == 0 else {
            if errno == EEXIST { throw WitnessError.alreadyExists(path: folder) }
            throw WitnessError.store(detail: "\(folder): \(String(cString: strerror(errno)))")
        }
        let signing = try SigningKey.generate(name: name, randomness: randomness)
        // The memory is made first: a key without one would sign what it should remember.
        try WitnessStore.create(at: folder + "/witness.sqlite")
        try KeyFile.create(signing, at: folder + "/key")
        return signing.cosignatureKey
    }

    /// Opens what `create` made, to watch the logs with the keys `logs`. `now` is in seconds since 1970.
    public init(
        in folder: String, logs: [VerifierKey],
        now: @escaping @Sendable () -> UInt64 = { UInt64(max(0, time(nil))) }
    ) throws {
        for log in logs where log.kind != .note || log.name.text.utf8.count > Checkpoint.maximumOriginByteCount {
            throw WitnessError.unfitLog(log.text)
        }
        signing = try KeyFile.read(at: folder + "/key")
        key = signing.cosignatureKey
        store = try WitnessStore(at: folder + "/witness.sqlite")
        self.logs = logs
        self.now = now
    }

    /// The answer to the body of an add-checkpoint request. Throws when the disk fails; then nothing was signed.
    public func addCheckpoint(_ body: [UInt8]) throws -> WitnessAnswer {
        do {
            let request = try TrustedRequest(body, logs: logs)
            var signature: NoteSignature?
            try store.replace(request.checkpoint) { seen in
                try request.check(extends: seen)
                let line = signing.cosign(request.checkpoint.text, time: now())
                signature = line
                // Monitors get what the log signed and this witness: lines of others were not verified.
                let own = logs.compactMap { log in
                    request.note.signatures.first { $0.keyID == log.keyID && $0.name == log.name }
                }
                return try SignedNote(text: request.checkpoint.text, signatures: own + [line])
            }
            guard let signature else { preconditionFailure("what was stored was signed") }
            return .cosigned(signature)
        } catch let refusal as Refusal { return refusal.answer }
    }

    /// The last checkpoint cosigned of the log whose origin has this SHA-256, in 64 lower-case hexadecimal digits.
    public func checkpoint(originHash text: String) throws -> [UInt8]? {
        guard let bytes = Hexadecimal.decode(text), let hash = Digest(bytes), hash.hex == text else { return nil }
        return try store.note(originHash: hash)
    }

    /// Lets go of the database.
    public func close() { store.close() }
}
