import Because
import Figures
import GRDBSQLite
import Glibc

/// What the figures were measured on and with.
struct Machine: Sendable {
    let cpu: String
    let cores: Int
    let memoryBytes: Int
    let kernel: String
    /// The type of the file system that holds the measured files.
    let fileSystem: String
    let sqlite: String
    let openssl: String
    let swift: String
    /// Whether the program was optimised.
    let build: String

    /// This machine, with the file system of `folder`.
    init(folder: String) {
        cpu = Self.cpuName(Self.text("/proc/cpuinfo"))
        cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        memoryBytes = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        kernel = Self.text("/proc/sys/kernel/ostype").trimmed + " " + Self.text("/proc/sys/kernel/osrelease").trimmed
        fileSystem = Self.fileSystem(of: folder, mounts: Self.text("/proc/self/mounts"))
        sqlite = String(cString: sqlite3_libversion())
        openssl = Libcrypto.version
        swift = Self.swiftVersion
        #if DEBUG
            build = "debug"
        #else
            build = "release"
        #endif
    }

    /// The machine in a few lines.
    var text: String {
        let gigabytes = Figure.text(Double(memoryBytes) / 1_073_741_824)
        return """
            \(cpu), \(cores) \(cores == 1 ? "core" : "cores"), \(gigabytes) GiB of memory, \(kernel), \(fileSystem)
            SQLite \(sqlite), \(openssl), Swift \(swift), \(build) build
            """
    }

    /// The first model name that the kernel gives; ARM has none there.
    static func cpuName(_ cpuinfo: String) -> String {
        for line in cpuinfo.split(separator: "\n") where line.hasPrefix("model name") || line.hasPrefix("Model") {
            if let name = line.split(separator: ":", maxSplits: 1).last { return String(name).trimmed }
        }
        return "a processor without a name"
    }

    /// The type of the file system with the longest mount point above `folder`.
    static func fileSystem(of folder: String, mounts: String) -> String {
        var best = (length: -1, type: "a file system without a name")
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2 else { continue }
            let point = String(fields[1])
            let isAbove = point == "/" || folder == point || folder.hasPrefix(point + "/")
            // What was mounted last lies over what was mounted before.
            if isAbove, point.utf8.count >= best.length { best = (point.utf8.count, String(fields[2])) }
        }
        return best.type
    }

    /// The version that compiled this; Swift does not tell the patch release of its runtime.
    private static var swiftVersion: String {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    /// The content of a file that the kernel makes up; empty where there is none.
    static func text(_ path: String) -> String {
        let file = Glibc.open(path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer.prefix(count)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
