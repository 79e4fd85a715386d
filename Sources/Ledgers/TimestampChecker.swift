import Cryptography
import Notes
import Storage

/// Holds every stored time stamp against the checkpoint beside which it lies.
struct TimestampChecker {
    let snapshot: any StoreSnapshot
    /// The name of the log, which stands in what was stamped.
    let origin: String
    let authorities: TrustedCertificates?

    func check(_ report: inout LogReport) {
        do {
            for size in try snapshot.attestedSizes() { try check(size, &report) }
        } catch {
            report.findings.add(Finding(.signatures, "timestamp_wrong", "the time stamps cannot be read: \(error)"))
        }
    }

    private func check(_ size: UInt64, _ report: inout LogReport) throws(StoreError) {
        let timestamps: [StoredTimestamp]
        do { timestamps = try snapshot.timestamps(of: size) } catch {
            // Damage of a row hides its neighbours of the same checkpoint, and no others.
            let message = "the time stamps of the first \(size) entries cannot be read: \(error)"
            return report.findings.add(Finding(.signatures, entry: size - 1, "timestamp_wrong", message))
        }
        guard !timestamps.isEmpty else { return }
        guard let stored = try snapshot.checkpoint(atMost: size), stored.size == size else {
            for timestamp in timestamps {
                let message =
                    "a time stamp (sha256 \(timestamp.digest.hex)) is of \(size) entries, for which there is no checkpoint"
                report.findings.add(Finding(.signatures, entry: size - 1, "timestamp_extra", message))
            }
            return
        }
        let checkpoint = Checkpoint(origin: origin, size: size, root: stored.root)
        for timestamp in timestamps { check(timestamp, of: checkpoint, &report) }
    }

    private func check(_ timestamp: StoredTimestamp, of checkpoint: Checkpoint, _ report: inout LogReport) {
        let entry = checkpoint.size - 1
        do throws(TimestampError) {
            let token = try TimestampToken(parsing: timestamp.token)
            let checked = try token.checked(of: checkpoint, trusting: authorities)
            report.timestampCounts[checked.standing, default: 0] += 1
            guard checked.standing == .unknown else { return }
            report.findings.add(
                Finding(.signatures, entry: entry, "timestamp_untrusted", checked.text, severity: .notice))
        } catch {
            let message = "a time stamp of the first \(checkpoint.size) entries does not hold: \(error)"
            report.findings.add(Finding(.signatures, entry: entry, "timestamp_wrong", message))
        }
    }
}
