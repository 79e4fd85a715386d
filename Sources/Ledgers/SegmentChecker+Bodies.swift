import Cryptography
import Decisions
import JSON
import Storage

extension SegmentChecker {
    /// What the body says: sealed fields against disclosures, citations against specifications, a producer's numbers.
    mutating func checkBody(_ entry: Entry) {
        let body: JSON
        do { body = try entry.body() } catch {
            return add(.integrity, entry.number, "entry_unreadable", "entry \(entry.number) was changed: \(error)")
        }
        if !isLocked { checkSealed(entry, body) }
        checkCitations(entry, body)
        if entry.type == EntryType.decision, let producer = body["producer"], let id = producer["id"]?.text,
            let number = producer["seq"]?.integer
        {
            segment.producers[ProducerRun(producer: id, epoch: producer["epoch"]?.text), default: .init()].insert(
                number)
        }
        switch entry.type {
        case EntryType.specification: segment.own.specifications.append(entry.number)
        case EntryType.key: segment.own.keyChanges.append(entry.number)
        default: break
        }
        if entry.type == EntryType.erasure, let erasure = Erasure(body, entry: entry.number) {
            segment.erasures.append(erasure)
        }
    }

    private mutating func checkSealed(_ entry: Entry, _ body: JSON) {
        let digests = SealedFields.digests(in: body)
        let stored = sealed.rows[sealed.places(of: entry.number)]
        segment.sealedCount += stored.count
        var present = Set<Int>()
        for row in stored {
            let ordinal = Int(row.ordinal)
            guard ordinal < digests.count else {
                add(
                    .sealedFields, entry.number, "sealed_value_extra",
                    "sealed value \(ordinal) of entry \(entry.number) belongs to no field of the entry")
                continue
            }
            present.insert(ordinal)
            guard row.digest == digests[ordinal] else {
                add(
                    .sealedFields, entry.number, "sealed_value_changed",
                    "sealed value \(ordinal) of entry \(entry.number) does not have the digest in the entry: it was changed"
                )
                continue
            }
            segment.insertSubject(sealed.subject(row), entry.number)
        }
        for (ordinal, digest) in digests.enumerated() where !present.contains(ordinal) {
            segment.missing.append((entry.number, digest))
        }
    }

    private mutating func checkCitations(_ entry: Entry, _ body: JSON) {
        for (ref, citation) in Decisions.Citation.all(in: body) {
            segment.citationCount += 1
            if let problem = history.problem(with: citation, ref: ref, at: entry.number) {
                add(.citations, entry.number, "citation_broken", "entry \(entry.number) cites \(ref): \(problem)")
            }
        }
    }
}
