// swift-tools-version: 6.1
// The map of the house: one line per room. Imports run downwards only (ARCHITECTURE.md; TidyTests enforces it).

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Tests look everywhere; for them an import per member is noise.
let forTests: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "geland",
  products: [.executable(name: "geland", targets: ["geland"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
  ],
  targets: [
    // Values everyone shares: ids, dates, periods, roles, categories, the clock, problems. No I/O.
    .target(name: "Kernel", swiftSettings: strict),
    // The one door to the database: bound SQL, records, sealing, transaction + journal, migrations. Only GRDB user.
    .target(
      name: "Store",
      dependencies: [
        "Kernel", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    // HTTP and HTML kit: routes with a policy, pages, forms, CSRF, texts, components, styles, scripts.
    .target(
      name: "Site",
      dependencies: [
        "Kernel", "Store", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    // Who you are and what you may see: accounts, sessions, relations, consent, the decision, audit.
    .target(
      name: "Trust",
      dependencies: [
        "Kernel", "Store", "Site", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    // Debian's libzip: what `.xlsx` and `.ods` are packed in.
    .systemLibrary(name: "CZip"),
    // Tables as spreadsheet programs save them: .xlsx, .ods, and text in any encoding. No input or output.
    .target(name: "Tables", dependencies: ["Kernel", "CZip"], swiftSettings: strict),
    // One resident's way home: file, circle, journey, plan, contacts, handover, signals.
    .target(
      name: "Residents",
      dependencies: ["Kernel", "Store", "Site", "Trust", "Tables"],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    // Debian's libstemmer: Snowball's stemmers.
    .systemLibrary(name: "CStemmer"),
    // The words of what works, one file a unit, carried in the program.
    .target(name: "KnowledgeContent", resources: [.embedInCode("Content")], swiftSettings: strict),
    // What works: building blocks, pilots, practices and lessons; reading, search, moments.
    .target(
      name: "Knowledge",
      dependencies: [
        "Kernel", "Store", "Site", "Trust", "KnowledgeContent", "CStemmer", .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    // Help for each kind of work, and what was done so that everybody can use it.
    .target(
      name: "Guide", dependencies: ["Kernel", "Store", "Site"], resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    // What the engines' command lines share: CSV by bytes, faults with their line, JSON.
    .target(name: "EngineKit", swiftSettings: strict),
    // Who gets which home: exact, under nested limits, with prices that prove it.
    .target(
      name: "Allocation", dependencies: [.product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: strict),
    // Noticing in time: cumulative sums of counts with exact run lengths, silence.
    .target(name: "Detection", swiftSettings: strict),
    // What helps: Kaplan-Meier, log-rank, Cox, Aalen-Johansen.
    .target(name: "Survival", swiftSettings: strict),
    // Foreseeing queues: people who come, wait, are helped and go on, event by event.
    .target(name: "Simulation", swiftSettings: strict),
    // Assembly only: the list of slices, routes, migrations, jobs, configuration, demo region.
    .target(
      name: "App",
      dependencies: [
        "Kernel", "Store", "Site", "Trust", "Residents", "Knowledge", "Guide", "Tables",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    // The command line: one command per file.
    .executableTarget(
      name: "geland",
      dependencies: [
        "App", "Kernel", "Store", "Site", "Residents", "Tables", "EngineKit", "Allocation", "Detection", "Simulation",
        "Survival", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    // The engines' side of Benchmarks/engines.sh.
    .executableTarget(
      name: "measure-engines", dependencies: ["EngineKit", "Allocation", "Detection", "Simulation", "Survival"],
      path: "Benchmarks/Engines", swiftSettings: forTests),
    // What tests share: temporary regions, a clock set by hand, a browser without a screen.
    .target(
      name: "TestKit", dependencies: ["App", "Kernel", "Store", "Site", "Trust", "Residents"], path: "Tests/TestKit",
      swiftSettings: strict),
    .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: forTests),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "Kernel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: forTests),
    .testTarget(name: "SiteTests", dependencies: ["Site", "Kernel", "Store"], swiftSettings: forTests),
    .testTarget(
      name: "TrustTests", dependencies: ["TestKit", "App", "Trust", "Site", "Store", "Kernel"], swiftSettings: forTests),
    .testTarget(
      name: "ResidentsTests", dependencies: ["TestKit", "App", "Residents", "Trust", "Site", "Store", "Kernel"],
      swiftSettings: forTests),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "TestKit", "App", "Residents", "Knowledge", "Guide", "Tables", "Trust", "Site", "Store", "Kernel",
      ],
      swiftSettings: forTests),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "Kernel"], swiftSettings: forTests),
    .testTarget(name: "EngineKitTests", dependencies: ["EngineKit"], swiftSettings: forTests),
    .testTarget(
      name: "KnowledgeTests", dependencies: ["Knowledge", "KnowledgeContent", "Kernel"], swiftSettings: forTests),
    .testTarget(name: "AllocationTests", dependencies: ["Allocation"], swiftSettings: forTests),
    .testTarget(name: "DetectionTests", dependencies: ["Detection"], swiftSettings: forTests),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation"], swiftSettings: forTests),
    .testTarget(name: "SurvivalTests", dependencies: ["Survival"], swiftSettings: forTests),
    .testTarget(name: "TidyTests", swiftSettings: forTests),
  ],
  swiftLanguageModes: [.v6]
)
