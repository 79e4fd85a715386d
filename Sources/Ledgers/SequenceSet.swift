/// The numbers that a producer used, as ranges; and which of them twice.
public struct SequenceSet: Sendable {
    /// Disjoint, ascending, never adjacent.
    public private(set) var ranges: [ClosedRange<Int64>] = []
    /// Numbers that came again.
    public private(set) var repeated: [Int64] = []

    public init() {}

    /// The numbers of ranges, which are disjoint, ascending and never adjacent; `nil` where they are not.
    public init?(_ ranges: [ClosedRange<Int64>]) {
        for (left, right) in zip(ranges, ranges.dropFirst())
        where left.upperBound >= right.lowerBound || left.upperBound + 1 == right.lowerBound { return nil }
        self.ranges = ranges
    }

    /// The numbers of any ranges, which are not looked at one by one: a producer can declare any number of them.
    public init(joining ranges: [ClosedRange<Int64>]) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound + 1 {
                self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    public func contains(_ number: Int64) -> Bool {
        let index = firstIndex(notBelow: number)
        return index < ranges.count && ranges[index].contains(number)
    }

    /// Adds a range as a whole.
    public mutating func insert(_ range: ClosedRange<Int64>) {
        let start = firstIndex(notBelow: range.lowerBound - 1)
        var end = start
        var joined = range
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound + 1 {
            joined = min(joined.lowerBound, ranges[end].lowerBound)...max(joined.upperBound, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(start..<end, with: [joined])
    }

    /// The first range that does not lie wholly below a number.
    private func firstIndex(notBelow number: Int64) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds a number. O(1) for the next one, O(log ranges) to find any other.
    public mutating func insert(_ number: Int64) {
        if let last = ranges.last, number > last.upperBound {
            if number == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
            return
        }
        insert(number, before: firstIndex(notBelow: number))
    }

    private mutating func insert(_ number: Int64, before index: Int) {
        if index < ranges.count, ranges[index].contains(number) {
            if repeated.count < 100 { repeated.append(number) }
            return
        }
        let joinsNext = index < ranges.count && ranges[index].lowerBound == number + 1
        let joinsPrevious = index > 0 && ranges[index - 1].upperBound == number - 1
        switch (joinsPrevious, joinsNext) {
        case (true, true):
            ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
            ranges.remove(at: index)
        case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...number
        case (false, true): ranges[index] = number...ranges[index].upperBound
        case (false, false): ranges.insert(number...number, at: index)
        }
    }

    /// Adds all numbers of another set.
    public mutating func formUnion(_ other: SequenceSet) {
        for range in other.ranges {
            if let last = ranges.last, range.lowerBound == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...range.upperBound
            } else if ranges.last.map({ range.lowerBound > $0.upperBound }) ?? true {
                ranges.append(range)
            } else {
                for number in range { insert(number) }
            }
        }
        repeated.append(contentsOf: other.repeated.prefix(100 - min(100, repeated.count)))
    }

    /// The greatest number; 0 where there is none.
    public var last: Int64 { ranges.last?.upperBound ?? 0 }

    /// The gaps between 1 and the greatest number.
    public var gaps: [ClosedRange<Int64>] { gaps(upTo: last) }

    /// What lies between 1 and `last` and is not in the set.
    public func gaps(upTo last: Int64) -> [ClosedRange<Int64>] {
        var gaps: [ClosedRange<Int64>] = []
        var next: Int64 = 1
        for range in ranges where next <= last {
            if range.lowerBound > next { gaps.append(next...min(range.lowerBound - 1, last)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= last { gaps.append(next...last) }
        return gaps
    }
}

/// One run of a producer.
public struct ProducerRun: Hashable, Sendable {
    public let producer: String
    public let epoch: String?

    public init(producer: String, epoch: String?) {
        self.producer = producer
        self.epoch = epoch
    }
}
