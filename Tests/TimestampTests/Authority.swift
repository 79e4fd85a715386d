import Cryptography
import Foundation
import Testing

/// A time-stamping authority made of the command `openssl`, in a folder of its own that is removed with it.
final class Authority: Sendable {
    /// What a certificate is for.
    enum Use: String {
        case timestamps = "extendedKeyUsage=critical,timeStamping"
        case timestampsNotCritical = "extendedKeyUsage=timeStamping"
        case web = "extendedKeyUsage=critical,serverAuth"
        case anything = "basicConstraints=CA:FALSE"
        case certificates = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign"
    }

    static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let isAvailable = program != nil
    static let absence: Comment = "the command openssl is not there, so no authority can be made"

    let folder: String

    /// An authority "Test TSA" under "Test CA", whose certificates hold from 2020 to 2099.
    init(digests: String = "sha256", namesChain: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.path + "/because-tsa-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/certs", withIntermediateDirectories: true)
        try write("", to: "index.txt")
        try write("01", to: "serial")
        try write("01", to: "tsaserial")
        try write(
            """
            [ca]
            default_ca = here
            [here]
            database = \(folder)/index.txt
            serial = \(folder)/serial
            new_certs_dir = \(folder)/certs
            default_md = sha256
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
            organizationName = optional
            [req]
            distinguished_name = none
            [none]
            [tsa]
            serial = \(folder)/tsaserial
            crypto_device = builtin
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = \(digests)
            accuracy = secs:1
            ess_cert_id_chain = \(namesChain ? "yes" : "no")
            ess_cert_id_alg = sha256
            """, to: "openssl.cnf")
        try certify("ca", name: "Test CA", for: .certificates)
        try certify("tsa", name: "Test TSA", for: .timestamps, by: "ca")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Makes a key and a certificate, by another or by itself.
    func certify(
        _ file: String, name: String, for use: Use, by issuer: String? = nil, from: String = "20200101000000Z",
        to: String = "20990101000000Z", digest: String = "sha256"
    ) throws {
        try write(use.rawValue + "\n", to: "\(file).ext")
        try run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path("\(file).key"))
        try run(
            "req", "-new", "-config", path("openssl.cnf"), "-key", path("\(file).key"), "-subj", "/CN=\(name)", "-out",
            path("\(file).csr"))
        let by =
            issuer.map { ["-cert", path("\($0).pem"), "-keyfile", path("\($0).key")] }
            ?? ["-selfsign", "-keyfile", path("\(file).key")]
        try run(
            [
                "ca", "-config", path("openssl.cnf"), "-batch", "-notext", "-md", digest, "-startdate", from,
                "-enddate", to,
            ]
                + ["-extfile", path("\(file).ext"), "-in", path("\(file).csr"), "-out", path("\(file).pem")] + by)
    }

    /// The answer to a request.
    func answer(_ request: [UInt8], chain: [String] = ["ca"], isToken: Bool = false) throws -> [UInt8] {
        let name = UUID().uuidString
        try write(request, to: "\(name).tsq")
        try write(
            chain.map { try String(contentsOfFile: path("\($0).pem"), encoding: .utf8) }.joined(), to: "\(name).pem")
        try run(
            ["ts", "-reply", "-config", path("openssl.cnf"), "-section", "tsa", "-queryfile", path("\(name).tsq")]
                + ["-signer", path("tsa.pem"), "-inkey", path("tsa.key"), "-chain", path("\(name).pem")]
                + ["-out", path("\(name).tsr")] + (isToken ? ["-token_out"] : []))
        return try read("\(name).tsr")
    }

    /// A token with the statement `info` signed by whoever, as the command `openssl ts` would never make it.
    func sign(_ info: [UInt8], by signer: String, embeds: Bool = true) throws -> [UInt8] {
        let name = UUID().uuidString
        try write(info, to: "\(name).tst")
        let more = embeds ? [] : ["-nocerts"]
        try run(
            ["cms", "-sign", "-binary", "-nodetach", "-cades", "-outform", "DER", "-md", "sha256", "-in"]
                + [
                    path("\(name).tst"), "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-signer",
                    path("\(signer).pem"),
                ]
                + ["-inkey", path("\(signer).key"), "-out", path("\(name).tsr")] + more)
        return try read("\(name).tsr")
    }

    /// The token of an answer as if it had been made in another year.
    func redated(_ answer: [UInt8], year: Int, by signer: String = "tsa") throws -> [UInt8] {
        let token = try TimestampToken(parsing: answer)
        var info = try info(of: token)
        let date = Date(timeIntervalSince1970: Double(token.microseconds) / 1e6)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        // The time is the one GeneralizedTime of 15 characters. Every day of any month is one of January.
        let month = calendar.component(.month, from: date)
        let now = "\u{18}\u{0F}\(calendar.component(.year, from: date))\(month < 10 ? "0" : "")\(month)"
        guard let place = info.firstRange(of: Array(now.utf8)) else {
            throw Failure(description: "the token has no such time")
        }
        info.replaceSubrange(place, with: Array("\u{18}\u{0F}\(year)01".utf8))
        return try sign(info, by: signer)
    }

    /// What is signed in a token.
    func info(of token: TimestampToken) throws -> [UInt8] {
        let name = UUID().uuidString
        try write(token.bytes, to: "\(name).der")
        try run(
            "cms", "-verify", "-noverify", "-inform", "DER", "-in", path("\(name).der"), "-out", path("\(name).tst"))
        return try read("\(name).tst")
    }

    /// Whether the command accepts an answer to a request.
    func accepts(_ answer: [UInt8], to request: TimestampRequest, trusting file: String = "ca") throws -> Bool {
        let name = UUID().uuidString
        try write(answer, to: "\(name).tsr")
        try write(request.bytes, to: "\(name).tsq")
        return
            (try? run(
                "ts", "-verify", "-in", path("\(name).tsr"), "-queryfile", path("\(name).tsq"), "-CAfile",
                path("\(file).pem"))) != nil
    }

    func trusted(_ files: String...) throws -> TrustedCertificates {
        try TrustedCertificates(pem: files.flatMap { try read("\($0).pem") })
    }

    // MARK: Files and the command

    func path(_ name: String) -> String { "\(folder)/\(name)" }
    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @discardableResult
    func run(_ arguments: String...) throws -> [UInt8] { try run(arguments) }

    @discardableResult
    func run(_ arguments: [String]) throws -> [UInt8] {
        guard let program = Self.program else { throw Failure(description: "there is no openssl") }
        let process = Process()
        let (output, errors) = (Pipe(), "errors-\(UUID().uuidString)")
        try write("", to: errors)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: path(errors))
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let reason = try String(contentsOfFile: path(errors), encoding: .utf8)
            throw Failure(description: "openssl \(arguments.joined(separator: " ")): \(reason)")
        }
        return Array(answer)
    }
}
