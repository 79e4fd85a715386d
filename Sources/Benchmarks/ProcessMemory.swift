import Glibc

/// How much memory this process has had at most.
enum ProcessMemory {
    /// Bytes that were resident at most since the start, or since `startOver`.
    static var peakBytes: Int {
        for line in Machine.text("/proc/self/status").split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
        }
        return 0
    }

    /// Makes what is resident now the peak.
    static func startOver() {
        let file = Glibc.open("/proc/self/clear_refs", O_WRONLY)
        guard file >= 0 else { return }
        _ = write(file, "5", 1)
        close(file)
    }
}
