import Because
import Glibc

/// Answers go to standard output, everything else to standard error; nothing from a record reaches a terminal raw.
enum Terminal {
    /// Takes the place of standard descriptors that the caller closed, so that no file of the ledger opens as one of them and gets
    /// what is meant for it. Reading or writing them fails as if they were closed.
    static func claimDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, which is this one.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Whether answers are read by a person.
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    private static let isErrorTerminal = isatty(STDERR_FILENO) == 1

    /// Colour is for terminals, unless the person declines it (no-color.org).
    static var usesColour: Bool { isOutputTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }

    /// Columns of the terminal; 80 where there is none.
    static var width: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return getenv("COLUMNS").flatMap { Int(String(cString: $0)) } ?? 80
    }

    /// Writes an answer as it is. Whoever reads the other end may leave: that ends the program.
    static func write(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Writes one JSON value on a line of its own.
    static func write(_ json: JSON) { write(json.bytes(.visible) + [UInt8(ascii: "\n")]) }

    /// Says something that is no answer.
    static func note(_ text: String) {
        eraseProgress()
        write(Array("because: \(VisibleText.line(text))\n".utf8), to: STDERR_FILENO)
    }

    /// Says what went wrong, and what to do.
    static func report(_ error: any Error) { report("\(error)", hint: hint(of: error)) }

    static func report(_ message: String, hint: String?) {
        note("error: \(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)")
        if let hint { note("hint: \(hint)") }
    }

    private static func hint(of error: any Error) -> String? {
        switch error {
        case let error as StoreError: error.hint
        case let error as LedgerError: error.hint
        case let error as RecordError: error.hint
        case let error as InquiryError: error.hint
        case let error as PublishingError: error.hint
        case let error as Query.Problem: error.hint
        case let error as Recovery.Problem: error.hint
        case let error as ProvingError: error.hint
        case let error as PolicyFile.Problem: error.hint
        case let error as PolicyDocument.Problem: error.hint
        case let error as TimestampError: error.hint
        case let error as TimestampingError: error.hint
        case let error as HTTPError: error.hint
        case let error as ErasureElsewhere: error.hint
        case let error as Contact.Problem: error.hint
        case let error as LetterError: error.hint
        case let error as Problem: error.hint
        default: nil
        }
    }

    /// 2 where the evidence is at fault, 1 for anything that could not be done, 64 for a question that cannot be read.
    static func status(of error: any Error) -> Int32 {
        switch error {
        case let error as LedgerError where error.isBrokenEvidence: 2
        case let error as PublishingError where error.isBrokenEvidence: 2
        case StoreError.damaged: 2
        case RecordError.store(.damaged): 2
        case let error as EvidenceError: error.isUnchecked ? 1 : 2
        case is Query.Problem, is Contact.Problem, LetterError.unknownTemplate: 64
        case let error as Problem: error.status
        default: 1
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                let reason = errno
                // What is no answer changes no verdict when nobody can be told it.
                guard descriptor == STDOUT_FILENO else { return }
                // Whoever leaves a pipe knows why; a full disk is news.
                if reason != EPIPE {
                    report("the answer cannot be written: \(String(cString: strerror(reason)))", hint: nil)
                }
                exit(1)
            }
        }
    }

    /// Shows how far something is, on a terminal only, once it has taken a second.
    static let progress: @Sendable (String, UInt64, UInt64) -> Void = { what, done, total in
        guard isErrorTerminal, total > 0, clock() > CLOCKS_PER_SEC else { return }
        let filled = Int(done * 30 / total)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        write(
            Array("\r\(what) [\(bar)] \(done * 100 / total)%\(done == total ? "\r\u{1B}[K" : "")".utf8),
            to: STDERR_FILENO)
    }

    private static func eraseProgress() {
        if isErrorTerminal { write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
    }
}

/// Something that a command cannot do, with what to do instead.
struct Problem: Error, CustomStringConvertible {
    let description: String
    let hint: String?
    /// 1, or 64 where the command was called wrongly.
    let status: Int32

    init(_ description: String, hint: String? = nil, status: Int32 = 1) {
        self.description = description
        self.hint = hint
        self.status = status
    }
}
