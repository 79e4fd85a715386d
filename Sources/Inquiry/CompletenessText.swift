public import Decisions
public import JSON
import Ledgers

extension ProducerAccount.Verdict {
    /// What can be said, as a sentence without its full stop.
    public var sentence: String {
        switch self {
        case .complete(let last, let isClosed):
            let end =
                isClosed ? "and the run is closed" : "and the run is not closed, so what comes after cannot be told"
            return last == 0 ? "complete: it has no decisions, \(end)" : "complete up to \(last), \(end)"
        case .gap(let missing, let declared, let last):
            let parts = [
                missing.isEmpty ? nil : "\(missing.listed) missing",
                declared.isEmpty ? nil : "\(declared.listed) declared lost by the producer",
            ]
            return "gap: of 1 to \(last), " + parts.compactMap(\.self).joined(separator: "; ")
        case .cannotTell(let reason): return "cannot tell: \(reason)"
        }
    }

    /// `{"verdict":"complete"|"gap"|"cannot_tell",…}`.
    public var json: JSON {
        func list(_ ranges: [ClosedRange<Int64>]) -> JSON {
            .array(ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
        }
        return switch self {
        case .complete(let last, let isClosed):
            ["verdict": "complete", "up_to": .integer(last), "closed": .bool(isClosed)]
        case .gap(let missing, let declared, let last):
            ["verdict": "gap", "up_to": .integer(last), "missing": list(missing), "declared": list(declared)]
        case .cannotTell(let reason): ["verdict": "cannot_tell", "reason": .string(reason)]
        }
    }
}

extension [ClosedRange<Int64>] {
    /// As the beginning of a sentence, with its verb: `3, 5 to 7 are`.
    var listed: String {
        let shown = prefix(5).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
        let isOne = count == 1 && self[0].count == 1
        return shown.joined(separator: ", ") + (count > 5 ? " and more" : "") + (isOne ? " is" : " are")
    }
}

extension Numbering {
    /// What stands out beside the verdict, a sentence each.
    func remarks(at newest: Timestamp, silentAfter seconds: Int64) -> [String] {
        var remarks: [String] = []
        if let closedCount, !isClosed {
            remarks.append("closed with \(closedCount) decisions, and went on to \(last)")
        }
        for (name, count) in lost.sorted(by: { $0.key < $1.key }) {
            remarks.append("declared lost: \(count) \(name.replacing("_", with: " "))")
        }
        if let lastSeen, isSilent(at: newest, after: seconds) {
            remarks.append("silent since \(lastSeen), and not closed")
        }
        return remarks
    }
}

extension ProducerAccount {
    /// What else stands out, a sentence each: in a ledger whose newest entry is of `newest`, where a run that is not closed is
    /// called silent after so many seconds.
    public func remarks(at newest: Timestamp, silentAfter seconds: Int64 = CompletenessReport.silence) -> [String] {
        var remarks: [String] = []
        if !openAttempts.isEmpty {
            remarks.append(
                "\(openAttempts.count) attempted without a decision on record: \(Self.list(openAttempts.sorted()))")
        }
        if attemptsMade > 0 || !openAttempts.isEmpty {
            let attempts = attemptsMade + openAttempts.count
            remarks.append(
                "\(attempts) attempts: \(attemptsMade - attemptsFailed) decided, \(attemptsFailed) ended in an error, \(openAttempts.count) open"
            )
        }
        if !repeated.isEmpty {
            remarks.append("numbers that more than one decision has: \(Self.list(repeated.map { "\($0)" }))")
        }
        if lateCount > 0 {
            remarks.append("\(lateCount) recorded after a decision with a higher number")
        }
        if let closedAt, !afterClose.isEmpty {
            let entries = Self.list(afterClose.map { "\($0)" })
            remarks.append("recorded after the run was closed by entry \(closedAt): entries \(entries)")
        }
        return remarks + numbering.remarks(at: newest, silentAfter: seconds)
    }

    private static func list(_ items: [String]) -> String {
        items.prefix(5).joined(separator: ", ") + (items.count > 5 ? " and more" : "")
    }

    public var json: JSON {
        var object: JSONObject = [
            "producer": .string(run.producer), "completeness": verdict.json,
            "attempts": [
                "decided": .integer(Int64(attemptsMade - attemptsFailed)), "failed": .integer(Int64(attemptsFailed)),
                "open": .array(openAttempts.sorted().map(JSON.string)),
            ],
            "repeated": .array(repeated.map(JSON.integer)), "late": .integer(Int64(lateCount)),
            "after_close": .array(afterClose.map { .integer(Int64($0)) }),
            "lost": .object(JSONObject(counts: numbering.lost)),
        ]
        object["epoch"] = run.epoch.map(JSON.string)
        object["last_seen"] = numbering.lastSeen.map { .string($0.description) }
        object["opened_by"] = openedAt.map { .integer(Int64($0)) }
        object["closed_by"] = closedAt.map { .integer(Int64($0)) }
        return .object(object)
    }
}
