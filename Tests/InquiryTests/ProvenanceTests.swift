import Because
import Foundation
import LedgerSamples
import Testing

@testable import Inquiry

struct ProvenanceTests {
    @Test func `a decision is an activity, with what it used, what it generated and who was associated`() async throws {
        let asking = try await Asking()
        try await asking.record(
            """
            {"id":"d-1","outcome":"refuse","occurred":"2026-11-20T09:14:07Z","principles":[
            {"ref":"acme/rules#privacy","role":"applied"},{"ref":"acme/rules#honesty","role":"applied","timing":"after"}],
            "rationale":{"text":"It is hers.","source":"model","timing":"with"},"output":{"text":"No."},
            "inputs":[{"role":"user","text":"Where?"}],"model":{"provider":"p","served":"m"},
            "producer":{"id":"agent","version":"1","seq":1},"links":[{"rel":"caused_by","id":"d-0"}]}
            """)
        try await asking.record(
            #"{"id":"o-1","type":"oversight","decision":"d-1","phase":"given","act":"confirm","person":"Ann","reason":"r"}"#
        )
        let prov = try asking.ledger.index.explain("d-1").prov
        func relations(_ kind: String) -> [JSON] { prov[kind]?.object?.members.map(\.value) ?? [] }
        #expect(prov["activity"]?["log:record/d-1"]?["prov:endTime"] == "2026-11-20T09:14:07Z")
        #expect(prov["activity"]?["log:record/d-1"]?["because:outcome"] == "refuse")
        #expect(prov["entity"]?["log:input/d-1/0"]?["prov:value"] == "Where?")
        #expect(prov["entity"]?["log:section/acme%2Frules/1/privacy"]?["prov:label"] == "Protect privacy")
        #expect(prov["agent"]?["log:person/o-1"]?["because:name"] == "Ann")
        let used = relations("used").compactMap { $0["prov:entity"]?.text }
        // What was named after the output is not said to have been used.
        #expect(used == ["log:input/d-1/0", "log:section/acme%2Frules/1/privacy"])
        #expect(
            prov["activity"]?["log:record/d-1"]?["because:named_afterwards"]?.items?.first?["$"]
                == "log:section/acme%2Frules/1/honesty")
        #expect(
            Set(relations("wasGeneratedBy").compactMap { $0["prov:entity"]?.text })
                == ["log:output/d-1", "log:rationale/d-1"])
        #expect(
            relations("wasInformedBy").map { [$0["prov:informed"]?.text, $0["prov:informant"]?.text] } == [
                ["log:record/d-1", "log:record/d-0"], ["log:record/o-1", "log:record/d-1"],
            ])
        #expect(relations("wasDerivedFrom").allSatisfy { $0["prov:type"]?["$"] == "prov:PrimarySource" })
        #expect(relations("actedOnBehalfOf").count == 1 && relations("wasAttributedTo").count == 1)
        #expect(relations("wasAssociatedWith").count == 3)
        #expect(prov.bytes() == (try asking.ledger.index.explain("d-1").prov.bytes()))
    }

    @Test(arguments: [
        ("", ""), ("a.b", "a.b"), ("a.", "a%2E"), (".", "%2E"), ("a/b c", "a%2Fb%20c"), ("é%", "%C3%A9%25"),
    ])
    func `a name is one that PROV-N can write`(name: String, encoded: String) {
        #expect(ProvenanceDocument.encoded(name) == encoded)
    }

    /// Names and values of the worst kind, and every kind of record.
    @Test(.enabled(if: PythonProv.interpreter != nil, "there is no Python with the package prov"))
    func `the Python package prov reads it, and reads what it writes again as the same`() async throws {
        var documents = [try await CanaryLedger().explanation().prov]
        let asking = try await Asking()
        for (index, text) in HostileTexts.all.enumerated() {
            let json: JSON = [
                "id": .string("d-\(index)."), "outcome": "act", "summary": .string(text), "none_cited": .string(text),
                "occurred": "2016-12-31T23:59:60Z", "output": ["text": .string(text)],
                "rationale": ["text": .string(text), "source": "human", "timing": "with"],
                "inputs": [["name": .string(text), "text": .string(text)]], "subject": .string(text),
            ]
            _ = try await asking.ledger.record([Sample.submission(json)])[0].get()
            documents.append(try asking.ledger.index.explain("d-\(index).").prov)
        }
        for audience in Audience.allCases {
            documents.append(try await CanaryLedger().explanation().seen(by: audience).prov)
        }
        let (status, said) = try PythonProv.check(documents)
        #expect(status == 0 && said == "\(documents.count) documents\n", "\(said)")
    }
}

/// A Python that can import `prov`: the one on the path, or one in an environment made for it where the package can be had.
enum PythonProv {
    /// Removed when the run ends.
    private static let environment = FileManager.default.temporaryDirectory.path + "/because-\(UUID().uuidString)"

    static let interpreter: String? = {
        if run("python3", ["-c", "import prov"], input: []).status == 0 { return "python3" }
        atexit { try? FileManager.default.removeItem(atPath: PythonProv.environment) }
        let python = environment + "/bin/python"
        let install = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", "15", "prov"]
        guard run("python3", ["-m", "venv", environment], input: []).status == 0,
            run(python, install, input: []).status == 0
        else { return nil }
        return python
    }()

    private static let program = """
        import json, sys
        from prov.model import ProvDocument
        count = 0
        for line in sys.stdin:
            document = ProvDocument.deserialize(content=line, format="json")
            again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
            assert document == again, line
            kinds = {k for k in json.loads(line) if k != "prefix"}
            records = sum(len(v) for k, v in json.loads(line).items() if k in kinds)
            assert len(list(document.get_records())) == records, line
            assert document.get_provn()
            count += 1
        print(count, "documents")
        """

    static func check(_ documents: [JSON]) throws -> (status: Int32, said: String) {
        run(try #require(interpreter), ["-c", program], input: documents.flatMap { $0.bytes() + [UInt8(ascii: "\n")] })
    }

    private static func run(_ program: String, _ arguments: [String], input: [UInt8]) -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        guard let scratch = try? Scratch(), (try? scratch.write(input, to: "input")) != nil,
            let file = FileHandle(forReadingAtPath: scratch.path + "/input")
        else { return (-1, "") }
        let output = Pipe()
        (process.standardInput, process.standardOutput, process.standardError) = (file, output, output)
        guard (try? process.run()) != nil else { return (-1, "") }
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }
}
