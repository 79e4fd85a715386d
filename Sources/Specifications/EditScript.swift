/// What stays, goes and comes between two lists, by Myers' O(ND) algorithm with bounded work.
struct EditScript {
    enum Step: Equatable {
        /// The element at `old` and at `new` is the same.
        case same(old: Int, new: Int)
        case removed(old: Int)
        case added(new: Int)
    }

    private(set) var steps: [Step] = []
    /// Whether the script is the shortest; else what lies between the common ends is removed and added whole.
    private(set) var isShortest = true

    /// Differences that are searched for: the memory is half the square of it in 32-bit words.
    static let differenceLimit = 2_000
    /// Comparisons that are made.
    static let workLimit = 20_000_000

    init<Element: Equatable>(from old: [Element], to new: [Element]) {
        var head = 0
        while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < old.count - head, tail < new.count - head,
            old[old.count - 1 - tail] == new[new.count - 1 - tail]
        {
            tail += 1
        }
        for index in 0..<head { steps.append(.same(old: index, new: index)) }
        let oldMiddle = head..<(old.count - tail)
        let newMiddle = head..<(new.count - tail)
        if let middle = Self.shortest(from: old[oldMiddle], to: new[newMiddle]) {
            steps += middle
        } else {
            isShortest = false
            steps += oldMiddle.map { .removed(old: $0) } + newMiddle.map { .added(new: $0) }
        }
        for index in 0..<tail {
            steps.append(.same(old: oldMiddle.upperBound + index, new: newMiddle.upperBound + index))
        }
        steps = Self.removalsFirst(steps)
    }

    /// The shortest script between two slices of lists; `nil` when it would cost more than the limits allow.
    ///
    /// Row d of `rows` holds, for each diagonal k = -d, -d + 2 … d, how far into `old` d differences reach.
    private static func shortest<Element: Equatable>(
        from old: ArraySlice<Element>, to new: ArraySlice<Element>
    ) -> [Step]? {
        if old.isEmpty { return new.indices.map { .added(new: $0) } }
        if new.isEmpty { return old.indices.map { .removed(old: $0) } }
        var rows: [[Int32]] = []
        var work = 0
        for d in 0...min(differenceLimit, old.count + new.count) {
            var row = [Int32](repeating: 0, count: d + 1)
            for place in 0...d {
                let k = 2 * place - d
                var x = d == 0 ? 0 : start(of: place, in: rows[d - 1])
                while x < old.count, x - k < new.count, old[old.startIndex + x] == new[new.startIndex + x - k] {
                    x += 1
                    work += 1
                }
                work += 1
                row[place] = Int32(x)
                if x >= old.count, x - k >= new.count {
                    return walk(back: rows, from: (x, place), old: old.startIndex, new: new.startIndex)
                }
            }
            guard work <= workLimit else { return nil }
            rows.append(row)
        }
        return nil
    }

    /// Where the diagonal at `place` of the next row starts: one step right or down from the better neighbour.
    private static func start(of place: Int, in row: [Int32]) -> Int {
        isInsertion(place, in: row) ? Int(row[place]) : Int(row[place - 1]) + 1
    }

    private static func isInsertion(_ place: Int, in row: [Int32]) -> Bool {
        place == 0 || (place < row.count && row[place - 1] < row[place])
    }

    private static func walk(
        back rows: [[Int32]], from end: (x: Int, place: Int), old: Int, new: Int
    ) -> [Step] {
        var (x, place) = end
        var steps: [Step] = []
        for d in stride(from: rows.count, through: 0, by: -1) {
            let k = 2 * place - d
            let first = d == 0 ? 0 : start(of: place, in: rows[d - 1])
            while x > first {
                x -= 1
                steps.append(.same(old: old + x, new: new + x - k))
            }
            guard d > 0 else { break }
            if isInsertion(place, in: rows[d - 1]) {
                steps.append(.added(new: new + x - k - 1))
            } else {
                x -= 1
                place -= 1
                steps.append(.removed(old: old + x))
            }
        }
        return steps.reversed()
    }

    /// The same script with the removals of each change before its additions, as people read it.
    private static func removalsFirst(_ steps: [Step]) -> [Step] {
        var sorted: [Step] = []
        var added: [Step] = []
        for step in steps {
            switch step {
            case .added: added.append(step)
            case .removed: sorted.append(step)
            case .same:
                sorted += added + [step]
                added.removeAll()
            }
        }
        return sorted + added
    }
}
