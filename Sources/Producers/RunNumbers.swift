import Ledgers

/// The numbers of one run: which were given, which are free again, and which are lost.
///
/// A number belongs to a decision once that is durable, in the ledger or in the spool. Until then it can come back.
struct RunNumbers {
    /// Why a number belongs to no decision on record.
    enum Loss: String, CaseIterable {
        /// The decision was refused and no other took its number.
        case refused
        /// The ledger failed while it wrote.
        case unknown
        /// Neither the ledger nor the spool took it.
        case overflowed

        /// What the ledger is told.
        var reason: String {
            switch self {
            case .refused: "the decision with this number was refused, and no other took the number"
            case .unknown: "the ledger failed while it wrote, and nobody sent the decision again"
            case .overflowed: "the ledger could not be reached and the spool had no room"
            }
        }
    }

    /// The greatest number that was given.
    private(set) var last: Int64 = 0
    /// The greatest number that a record of the ledger may speak of: it is not taken back.
    private(set) var announced: Int64 = 0
    /// Numbers below `last` that no decision has, descending.
    private(set) var free: [Int64] = []
    /// Numbers whose decisions are lost, or may be, and that are not declared yet.
    private(set) var lost: [Loss: SequenceSet] = [:]

    /// The number for the next decision: the least that is free.
    mutating func take() -> Int64 {
        if let number = free.popLast() { return number }
        last += 1
        return last
    }

    /// Takes a number back that nothing durable carries.
    mutating func giveBack(_ number: Int64) {
        let place = free.firstIndex { $0 < number } ?? free.endIndex
        free.insert(number, at: place)
        while free.first == last, last > announced {
            free.removeFirst()
            last -= 1
        }
    }

    /// Speaks of all numbers that were given, in a heartbeat or a close.
    mutating func announce() -> Int64 {
        announced = max(announced, last)
        return announced
    }

    mutating func lose(_ number: Int64, _ loss: Loss) { lost[loss, default: SequenceSet()].insert(number...number) }

    /// A decision whose number was lost is recorded after all.
    mutating func find(_ number: Int64) {
        for loss in lost.keys where lost[loss]?.contains(number) == true {
            let rest = (lost[loss]?.ranges ?? []).flatMap { range in
                range.contains(number)
                    ? [(range.lowerBound, number - 1), (number + 1, range.upperBound)].filter { $0.0 <= $0.1 }.map {
                        $0.0...$0.1
                    }
                    : [range]
            }
            lost[loss] = rest.isEmpty ? nil : SequenceSet(joining: rest)
        }
    }

    /// Gives up the numbers that are free: the run ends.
    mutating func loseFree() {
        for number in free { lose(number, .refused) }
        free = []
    }

    /// Takes note that a range was declared.
    mutating func settle(_ range: ClosedRange<Int64>, _ loss: Loss) {
        guard let ranges = lost[loss]?.ranges.filter({ $0 != range }) else { return }
        lost[loss] = ranges.isEmpty ? nil : SequenceSet(joining: ranges)
    }

    /// Every number that would have to be declared if the run ended here.
    var owed: [(range: ClosedRange<Int64>, loss: Loss)] {
        var all = lost
        for number in free { all[.refused, default: SequenceSet()].insert(number...number) }
        return Loss.allCases.flatMap { loss in (all[loss]?.ranges ?? []).map { ($0, loss) } }
    }
}
