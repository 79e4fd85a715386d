/// How much memory this process has had at most.
enum ProcessMemory {
    /// Bytes that were resident at most since the start.
    static var peakBytes: Int {
        for line in Machine.text("/proc/self/status").split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
        }
        return 0
    }
}
