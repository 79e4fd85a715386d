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
        // The first range that does not lie wholly below the number.
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        insert(number, before: low)
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
    public var gaps: [ClosedRange<Int64>] {
        var gaps: [ClosedRange<Int64>] = []
        var next: Int64 = 1
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
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
