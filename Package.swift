// swift-tools-version: 6.2
import PackageDescription

/// Foundation looks for its time zones while it runs, so that a static link would leave them out, and with them every
/// zone but UTC: this asks for them by name.
let timeZones = LinkerSetting.unsafeFlags([
    "-Xlinker", "-u", "-Xlinker", "$s30FoundationInternationalization12_TimeZoneICUCMa",
])

/// The floors of the building (docs/architecture.md): a target imports only from floors below its own.
let package = Package(
    name: "assistd",
    products: [
        .executable(name: "assistd", targets: ["assistd"]),
        .executable(name: "assistctl", targets: ["assistctl"]),
        .executable(name: "assistd-faxpage", targets: ["assistd-faxpage"]),
        // Loaded into the daemon by tests, and linked by nothing.
        .library(name: "FaultLibrary", type: .dynamic, targets: ["FaultLibrary"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ],
    targets: [
        // Floor 0: headers and shims.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CLinux"),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CSystemd", linkerSettings: [.linkedLibrary("systemd")]),
        .systemLibrary(name: "CMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),

        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CPixbuf", pkgConfig: "gdk-pixbuf-2.0", providers: [.apt(["libgdk-pixbuf-2.0-dev"])]),

        // Floor 1: the domain, pure; beside it what the two programs say to each other, and the settings.
        .target(name: "SupportDesk"),
        .target(name: "ControlAPI"),
        .target(name: "UsageWords", dependencies: ["SupportDesk"]),
        .target(
            name: "Configuration",
            dependencies: ["SupportDesk", .product(name: "TOMLKit", package: "TOMLKit")]),

        // Floor 2: adapters, the only code that touches C, sockets, files or a database.
        .target(name: "Platform", dependencies: ["CLinux", "SupportDesk"]),
        .target(name: "Systemd", dependencies: ["CSystemd", "Platform"]),
        .target(
            name: "UnixSocketHTTP",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(name: "Curl", dependencies: ["CCurl", "Platform"]),
        .target(name: "SMTPChannel", dependencies: ["Configuration", "Curl", "Platform", "SupportDesk"]),
        .target(
            name: "Mail",
            dependencies: ["CMime", "Platform", "SupportDesk", .product(name: "Mustache", package: "swift-mustache")]),
        .target(name: "FaxPage", dependencies: ["CLinux", "CPango", "CPixbuf", "SupportDesk"]),
        .target(
            name: "FaxChannel",
            dependencies: [
                "Configuration", "Curl", "Mail", "Platform", "SMTPChannel", "SupportDesk",
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ]),
        .target(
            name: "SQLiteJournal",
            dependencies: [
                "CSQLite", "Platform", "SupportDesk", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),

        // Floor 3: the moving parts.
        .target(
            name: "Intake",
            dependencies: [
                "Mail", "Platform", "SupportDesk", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Courier",
            dependencies: [
                "Platform", "SupportDesk", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Receipts",
            dependencies: [
                "Platform", "SupportDesk", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Deadlines",
            dependencies: [
                "Mail", "Platform", "SupportDesk", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Doctor",
            dependencies: ["CLinux", "Configuration", "Platform", "SMTPChannel", "SupportDesk"]),
        .target(
            name: "ControlServer",
            dependencies: [
                "CLinux", "ControlAPI", "Platform", "SupportDesk",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // Floor 4: composition.
        .target(
            name: "Daemon",
            dependencies: [
                "Configuration", "ControlAPI", "ControlServer", "Courier", "Deadlines", "Doctor", "FaxChannel",
                "Intake",
                "Mail", "Platform", "Receipts", "SMTPChannel", "SQLiteJournal", "SupportDesk", "Systemd", "UsageWords",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Commands",
            dependencies: [
                "Configuration", "ControlAPI", "Platform", "SupportDesk", "UnixSocketHTTP", "UsageWords",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),

        // Floor 5: the programs.
        .executableTarget(name: "assistd", dependencies: ["Daemon"], linkerSettings: [timeZones]),
        .executableTarget(name: "assistctl", dependencies: ["Commands"], linkerSettings: [timeZones]),
        .executableTarget(name: "assistd-faxpage", dependencies: ["FaxPage"]),

        // Hot code without I/O, for a counter of instructions (script/bench instructions).
        .executableTarget(
            name: "microbench", dependencies: ["Mail", "SMTPChannel", "SupportDesk"], path: "Benchmarks/Micro"),

        .target(name: "FaultLibrary", path: "Tests/FaultLibrary", exclude: ["README.md"], publicHeadersPath: "."),
        // What tests share: servers to talk to, doubles that announce what happened.
        .target(name: "TestSupport", dependencies: ["Platform", "SupportDesk"], path: "Tests/TestSupport"),
        .testTarget(
            name: "SupportDeskTests", dependencies: ["SupportDesk", "TestSupport"],
            exclude: ["Desk/deadlines.csv", "Desk/deadlines.py"]),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "SupportDesk", "TestSupport"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "SupportDesk"]),
        .testTarget(
            name: "SMTPChannelTests", dependencies: ["Platform", "SMTPChannel", "SupportDesk", "TestSupport"]),
        .testTarget(name: "UnixSocketHTTPTests", dependencies: ["Platform", "TestSupport", "UnixSocketHTTP"]),
        .testTarget(
            name: "FaxPageTests",
            dependencies: ["CLinux", "CPixbuf", "FaxPage", "SupportDesk", "TestSupport", "assistd-faxpage"]),
        // A telephone line in software: two modems and the exchange between them.
        .executableTarget(
            name: "faxline", path: "Tests/FaxLine", exclude: ["README.md", "start", "stop"],
            linkerSettings: [.linkedLibrary("spandsp"), .linkedLibrary("m"), .linkedLibrary("util")]),
        .testTarget(
            name: "FaxChannelTests",
            dependencies: [
                "Configuration", "FaxChannel", "Platform", "SMTPChannel", "SupportDesk", "TestSupport",
                "assistd-faxpage", "faxline",
            ]),
        .testTarget(name: "DoctorTests", dependencies: ["Configuration", "Doctor", "Platform", "SupportDesk"]),
        .testTarget(
            name: "SQLiteJournalTests",
            dependencies: [
                "Platform", "SQLiteJournal", "SupportDesk", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "CommandsTests",
            dependencies: ["Commands", "ControlAPI", "Platform", "SupportDesk", "TestSupport", "UnixSocketHTTP"]),
        // A second opinion on calendars.
        .systemLibrary(name: "CIcal", path: "Tests/CIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .testTarget(
            name: "MailTests",
            dependencies: [
                "CIcal", "Mail", "SupportDesk", "TestSupport", .product(name: "Mustache", package: "swift-mustache"),
            ]),
        .testTarget(
            name: "CourierTests", dependencies: ["Courier", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport"]),
        .testTarget(
            name: "IntakeTests",
            dependencies: ["CLinux", "Intake", "Mail", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport"]),
        .testTarget(
            name: "DeadlinesTests",
            dependencies: ["Deadlines", "Mail", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport"]),
        .testTarget(
            name: "ReceiptsTests",
            dependencies: ["Platform", "Receipts", "SQLiteJournal", "SupportDesk", "TestSupport"]),
        .testTarget(
            name: "DaemonTests", dependencies: ["Daemon", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport"]),
        .testTarget(
            name: "ControlServerTests",
            dependencies: [
                "ControlAPI", "ControlServer", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        // The inputs that fuzzing found or begins with, read without libFuzzer.
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Configuration", "ControlAPI", "ControlServer", "FaxChannel", "FaxPage", "Mail", "SMTPChannel",
                "SupportDesk",
            ],
            path: "Tests/Fuzz", exclude: ["Corpora", "Dictionaries", "Driver", "README.md"],
            sources: ["Targets", "Tests"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Mail", "Platform", "SQLiteJournal", "SupportDesk", "TestSupport", "UnixSocketHTTP", "assistctl",
                "assistd", "assistd-faxpage", "faxline",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// Fuzzing (script/fuzz) builds what reads bytes from outside and nothing else, all of it instrumented. Of two targets it
// leaves out the files that need SwiftNIO.
if Context.environment["ASSISTD_FUZZ"] != nil {
    let parsers = [
        "ControlServer": ["Requests/MultipartForm.swift", "Requests/RequestTarget.swift"],
        "FaxChannel": [
            "Gateway/Command/FaxStanding+Printed.swift", "Gateway/FaxGateway.swift",
            "Gateway/HTTP/FaxStanding+Answer.swift", "Gateway/HTTP/JSONAnswer.swift", "Gateway/HTTP/WebEncoding.swift",
            "Gateway/HylaFAX/HfaxdReply.swift", "Gateway/HylaFAX/HylaFAXJobState.swift",
            "Gateway/HylaFAX/HylaFAXModems.swift", "Gateway/HylaFAX/HylaFAXVerdict.swift",
        ],
    ]
    for target in package.targets {
        guard let sources = parsers[target.name] else { continue }
        target.sources = sources
        target.dependencies.removeAll { if case .productItem = $0 { true } else { false } }
    }
    func reached(from name: String) -> Set<String> {
        guard let target = package.targets.first(where: { $0.name == name }) else { return [] }
        return target.dependencies.reduce(into: [name]) { names, dependency in
            if case .byNameItem(let next, _) = dependency { names.formUnion(reached(from: next)) }
        }
    }
    let read = package.targets.first { $0.name == "FuzzTests" }?.dependencies ?? []
    let needed = reached(from: "FuzzTests").subtracting(["FuzzTests"])
    package.products = []
    package.targets = package.targets.filter { needed.contains($0.name) }
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: read, path: "Tests/Fuzz",
            exclude: ["Corpora", "Dictionaries", "README.md", "Tests"], sources: ["Driver", "Targets"]))
}

let shims = [
    "CCurl", "CIcal", "CLinux", "CMime", "CPango", "CPixbuf", "CSQLite", "CSystemd", "FaultLibrary", "faxline",
]
for target in package.targets where !shims.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
        // Many small targets, whose generic code would else stay unspecialized for one another: an eighth of all work.
        .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
    ]
}
