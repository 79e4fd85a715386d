import Cryptography
import Decisions
import Glibc

/// The plain entries of a segment: ordinary decisions in which everything is as it should be, which are nearly all.
///
/// They are read by `OrdinaryDecision`, and give no finding. Whatever else there is, and whatever is wrong with it, is for
/// the full check of its entry, which begins anew: so the two never disagree on what is wrong.
struct PlainEntries {
    let known: KnownCitations
    /// Whether any entry is read this way.
    let isUsed: Bool
    var decision = OrdinaryDecision()
    private var count = 0
    private var runs: [(run: ProducerRun, numbers: SequenceSet)] = []
    private var places: [ProducerRun: Int] = [:]
    /// The run that numbered the entry before: its place, and its texts as they stand in entries.
    private var last: (place: Int, producer: [UInt8], epoch: [UInt8]?) = (0, [], nil)

    init(known: KnownCitations, isUsed: Bool) {
        self.known = known
        self.isUsed = isUsed
    }

    /// Reads an entry; `false` when it is not plain by itself.
    mutating func read(_ number: UInt64, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let known = known
        known.prepare(for: number)
        guard decision.read(bytes, knownCitation: known.count), decision.number == number else { return false }
        return decision.unknownCitations.allSatisfy {
            known.learn(UnsafeRawBufferPointer(rebasing: bytes[$0]), number: number)
        }
    }

    /// Citations of the entry that was read.
    var citationCount: Int { decision.knownCitationCount + decision.unknownCitations.count }

    /// Adds the entry that was read, once all of it was found to hold.
    mutating func addEntry(_ bytes: UnsafeRawBufferPointer) {
        count += 1
        guard let producer = decision.producer else { return }
        if runs.isEmpty || !isLast(producer, bytes) { goToRun(of: producer, bytes) }
        runs[last.place].numbers.insert(producer.number)
    }

    private func isLast(_ producer: OrdinaryDecision.Producer, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes[producer.id].isEqual(to: last.producer) else { return false }
        guard let epoch = producer.epoch, let known = last.epoch else {
            return producer.epoch == nil && last.epoch == nil
        }
        return bytes[epoch].isEqual(to: known)
    }

    private mutating func goToRun(of producer: OrdinaryDecision.Producer, _ bytes: UnsafeRawBufferPointer) {
        let id = Array(bytes[producer.id])
        let epoch = producer.epoch.map { Array(bytes[$0]) }
        let run = ProducerRun(
            producer: String(decoding: id, as: UTF8.self), epoch: epoch.map { String(decoding: $0, as: UTF8.self) })
        let place = places[run] ?? runs.count
        if place == runs.count {
            places[run] = place
            runs.append((run, SequenceSet()))
        }
        last = (place, id, epoch)
    }

    /// Adds to a segment what its plain entries say together.
    func report(into segment: inout EntrySegment) {
        if count > 0 { segment.counts[EntryType.decision, default: 0] += count }
        for (run, numbers) in runs { segment.producers[run, default: .init()].formUnion(numbers) }
    }
}

extension SegmentChecker {
    /// Checks an entry that is plain, and adds what it says to the segment; `false`, and nothing is added, when it is not.
    mutating func checkPlain(_ number: UInt64, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard plain.isUsed, plain.read(number, bytes), let start = bytes.baseAddress else { return false }
        if let last = segment.lastLeaf {
            guard last.isWritten(at: start + plain.decision.link) else { return false }
        } else if number == segment.range.lowerBound {
            let text = bytes[plain.decision.link..<plain.decision.link + Digest.base64URLLength]
            guard let link = Digest(base64URL: String(decoding: text, as: UTF8.self)) else { return false }
            segment.firstLink = link
        } else {
            return false
        }
        if let last = segment.lastTime, plain.decision.at < last { return false }
        guard checkPlainSealed(number, start) else { return false }
        if segment.firstTime == nil { segment.firstTime = plain.decision.at }
        segment.lastTime = plain.decision.at
        segment.identities.insert(UnsafeRawBufferPointer(rebasing: bytes[plain.decision.id]), number)
        segment.citationCount += plain.citationCount
        plain.addEntry(bytes)
        isAfterMisplaced = false
        return true
    }

    /// Whether each sealed field has its disclosure, and there is none besides.
    private mutating func checkPlainSealed(_ number: UInt64, _ start: UnsafeRawPointer) -> Bool {
        let places = sealed.places(of: number)
        guard places.count == plain.decision.digests.count else { return false }
        for (ordinal, place) in places.enumerated() {
            let row = sealed.rows[place]
            guard row.ordinal == ordinal, row.digest.isWritten(at: start + plain.decision.digests[ordinal]) else {
                return false
            }
        }
        for place in places { segment.insertSubject(sealed.subject(sealed.rows[place]), number) }
        segment.sealedCount += places.count
        return true
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate func isEqual(to bytes: [UInt8]) -> Bool {
        guard count == bytes.count, let start = UnsafeRawBufferPointer(rebasing: self).baseAddress else {
            return count == bytes.count
        }
        return memcmp(start, bytes, count) == 0
    }
}
