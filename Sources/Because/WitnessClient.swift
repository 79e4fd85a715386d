import Foundation
import Web

/// Asks one witness to cosign a checkpoint (C2SP tlog-witness, add-checkpoint), until it does or says why not.
struct WitnessClient: Sendable {
    /// How often a witness may name another size than the one that it was sent.
    static let conflictLimit = 3
    /// How often a witness may ask to be asked later, and the most seconds that are waited.
    static let waitLimit = 2
    static let longestWait = 60
    /// Seconds that the clock of a witness may differ from ours.
    static let clockTolerance: UInt64 = 3600

    let transport: Transport
    /// Seconds since 1970.
    let now: @Sendable () -> UInt64
    /// Waits for some seconds.
    let pause: @Sendable (Int) async -> Void

    /// What is to be cosigned, and what is known about the log.
    struct Subject: Sendable {
        let checkpoint: Checkpoint
        /// The checkpoint with the signatures of its log, and no others.
        let note: SignedNote
        /// The proof that the checkpoint extends the first entries of the log, of this size.
        let proof: @Sendable (UInt64) async throws -> ConsistencyProof
        /// The number of entries there are now.
        let currentSize: @Sendable () async throws -> UInt64
    }

    /// Asks `witness`, which is thought to have seen `oldSize` entries last.
    func cosign(
        _ subject: Subject, by witness: Policy.Witness, from oldSize: UInt64
    ) async -> WitnessUpdate.Outcome {
        guard let address = witness.url else { return .notAsked }
        do {
            let url = try URL(web: (address.hasSuffix("/") ? String(address.dropLast()) : address) + "/add-checkpoint")
            var oldSize = oldSize
            var conflicts = 0
            var waits = 0
            while true {
                switch try await ask(url, subject, oldSize) {
                case .cosignatures(let lines): return judge(lines, subject, witness)
                case .conflict(let size):
                    if let end = try await end(conflict: size, oldSize, subject) { return end }
                    conflicts += 1
                    guard conflicts <= Self.conflictLimit else { return .failed("it names another size each time") }
                    oldSize = size
                case .fork: return .alarm(.forked(size: subject.checkpoint.size))
                case .inconsistent:
                    let size = subject.checkpoint.size
                    return .alarm(oldSize == size ? .forked(size: size) : .inconsistent(from: oldSize, to: size))
                case .later(let seconds):
                    waits += 1
                    guard waits <= Self.waitLimit, seconds ?? 1 <= Self.longestWait else {
                        return .failed("it wants to be asked later" + (seconds.map { ", in \($0) seconds" } ?? ""))
                    }
                    await pause(seconds ?? 1)
                case .refused(let refusal): return .failed("\(refusal)")
                }
            }
        } catch { return .failed("\(error)") }
    }

    private func ask(_ url: URL, _ subject: Subject, _ oldSize: UInt64) async throws -> AddCheckpointAnswer {
        let request = try AddCheckpointRequest(
            oldSize: oldSize, proof: try await subject.proof(oldSize), note: subject.note)
        let response = try await transport(
            .post(url, body: request.bytes, contentType: "text/plain; charset=utf-8"))
        return AddCheckpointAnswer(
            status: response.status, contentType: response.contentType, retryAfter: response.retryAfter,
            body: response.body)
    }

    /// What ends the asking when the witness saw another size than it was told; `nil` when it can be asked again.
    private func end(
        conflict size: UInt64, _ oldSize: UInt64, _ subject: Subject
    ) async throws -> WitnessUpdate.Outcome? {
        if size == oldSize { return .failed("it refuses the size that it names itself, \(size)") }
        guard size > subject.checkpoint.size else { return nil }
        // Somebody else may have sent a later checkpoint of this ledger meanwhile.
        let here = try await subject.currentSize()
        return size > here
            ? .alarm(.rolledBack(here: here, seen: size)) : .failed("it was sent a later checkpoint meanwhile")
    }

    private func judge(
        _ lines: [NoteSignature], _ subject: Subject, _ witness: Policy.Witness
    ) -> WitnessUpdate.Outcome {
        let line: NoteSignature
        let time: UInt64
        do { (line, time) = try subject.note.cosignature(by: witness.key, among: lines) } catch {
            return .failed("its answer is refused: \(error)")
        }
        let now = now()
        guard (time > now ? time - now : now - time) <= Self.clockTolerance else {
            let (dated, clock) = (WitnessStatement.timeText(time), WitnessStatement.timeText(now))
            return .failed("it dates its cosignature \(dated), and this machine's clock reads \(clock)")
        }
        return .cosigned(line, time: time)
    }
}
