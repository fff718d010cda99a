internal import Foundation
internal import Kernel
internal import KnowledgeContent
internal import Testing

@testable import Knowledge

/// The base as this program carries it: whole, and hanging together.
@Suite struct ContentTests {
  static let base = Result { try KnowledgeBase(ContentFiles.all) }
  private var library: Library { get throws { try Self.base.get().library } }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func everyFileIsCarriedAndNamedAfterItsUnit() throws {
    let content = Self.folder.appending(path: "../../Sources/KnowledgeContent/Content").standardizedFileURL
    let files = try FileManager.default.subpathsOfDirectory(atPath: content.path).filter { $0.hasSuffix(".md") }
    #expect(Set(files) == Set(ContentFiles.all.map(\.name)))
    for (name, text) in ContentFiles.all {
      let unit = try UnitFile.read(name, text)
      #expect(name.hasSuffix("/\(unit.id).md"))
      #expect(name.hasPrefix(unit.kind.rawValue), "\(name) is a \(unit.kind)")
    }
  }

  @Test func everythingHangsTogether() throws {
    #expect(Coherence(library: try library).faults == [])
    #expect(try library.units(.block).count == 8)
    // Fourteen pilots are described; one was stopped by its neighbours.
    #expect(try library.listed(.pilot, .dutch).count == 14)
    #expect(try library.stopped.map(\.id) == ["wijkwonen-de-bilt"])
    #expect(try library.units(.audience).count == 4)
  }

  /// The lists at the end of BT's eight chapters, as they stand there.
  static let sourceLinks: [String: Set<String>] = [
    "gebiedsgericht-werken": ["ggz-gebiedsteam-houten", "gebiedsgericht-samenwerken-ijsselstein"],
    "ambulante-begeleiding": [
      "gebiedsgericht-samenwerken-ijsselstein", "proeftuin-beschermd-thuis-nieuwegein", "beschermd-thuis-utrecht-west",
      "gemengd-wonen-zeist", "voorkomen-terugval-in-dakloosheid", "housing-first-utrecht", "digicontact-nieuwegein",
    ],
    "wonen": [
      "gebiedsgericht-samenwerken-ijsselstein", "proeftuin-beschermd-thuis-nieuwegein", "beschermd-thuis-utrecht-west",
      "gemengd-wonen-zeist", "voorkomen-terugval-in-dakloosheid",
    ],
    "aanpak-dakloosheid": [
      "pitstop-woerden", "gemengd-wonen-zeist", "voorkomen-terugval-in-dakloosheid", "housing-first-utrecht",
    ],
    "inclusie-in-de-wijk": [
      "pitstop-woerden", "gemengd-wonen-zeist", "buurt-aan-de-slag-nieuwegein", "samen-sterk-stichtse-vecht",
    ],
    "activering-en-werk": [
      "ggz-gebiedsteam-houten", "gebiedsgericht-samenwerken-ijsselstein", "proeftuin-beschermd-thuis-nieuwegein",
      "beschermd-thuis-utrecht-west", "gemengd-wonen-zeist", "voorkomen-terugval-in-dakloosheid",
      "housing-first-utrecht", "we-all",
    ],
    "herstelgericht-werken": [
      "gebiedsgericht-samenwerken-ijsselstein", "pitstop-woerden", "gemengd-wonen-zeist", "samen-sterk-stichtse-vecht",
      "enik-zuid-oost-utrecht", "we-all",
    ],
    "financien-op-orde": [
      "proeftuin-beschermd-thuis-nieuwegein", "beschermd-thuis-utrecht-west", "gemengd-wonen-zeist",
      "voorkomen-terugval-in-dakloosheid", "housing-first-utrecht", "we-all", "schuldenvrij",
    ],
  ]

  @Test func theSourcesFortyThreeLinksAndNoOthers() throws {
    #expect(Self.sourceLinks.values.map(\.count).reduce(0, +) == 43)
    for block in try library.units(.block) { #expect(Set(block.links) == Self.sourceLinks[block.id], "\(block.id)") }
    for pilot in try library.units(.pilot) {
      let blocks = Self.sourceLinks.filter { $0.value.contains(pilot.id) }.keys
      #expect(Set(pilot.links) == Set(blocks), "\(pilot.id)")
    }
  }

  /// Block, pilot, product, method or practice, by the name it has in the sources.
  @Test func everyNameIsFound() throws {
    let lines = try String(contentsOf: Self.folder.appending(path: "names.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    #expect(lines.count > 60)
    let index = try #require(try Self.base.get().index(.dutch))
    for line in lines {
      let fields = line.split(separator: ";").map(String.init)
      guard fields.count == 3 else {
        Issue.record("\(line)")
        continue
      }
      #expect(try library.unit(fields[1]) != nil, "\(fields[1])")
      let found = index.find(fields[0]).hits.prefix(10).map(\.entry.unit)
      #expect(found.contains(fields[1]), "\(fields[0]) finds \(found), not \(fields[1])")
    }
  }

  /// By what it does, in the words of somebody who does not know its name (written by people who had not seen ours).
  @Test func everythingIsFoundByWhatItDoes() throws {
    let lines = try String(contentsOf: Self.folder.appending(path: "deeds.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ";", maxSplits: 1).map(String.init) }
    let index = try #require(try Self.base.get().index(.dutch))
    for fields in lines {
      let found = index.find(fields[1]).hits.prefix(10).map(\.entry.unit)
      #expect(found.contains(fields[0]), "\(fields[1]) finds \(found), not \(fields[0])")
    }
    // Nothing is left out.
    let kinds: Set<KnowledgeUnit.Kind> = [.block, .pilot, .practice]
    let wanted = try library.units.filter { kinds.contains($0.kind) }.map(\.id)
    #expect(Set(wanted).subtracting(lines.map { $0[0] }) == [])
  }

  @Test(arguments: Moment.allCases) func everyMomentHasALesson(_ moment: Moment) throws {
    for role: Role in [Role.supportWorker, .coordinator] {
      #expect(!Advice.lessons(at: moment, for: role, in: try library, without: []).isEmpty, "\(moment) \(role)")
    }
  }

  /// People read titles of publications, not our letters for them.
  @Test func everySourceIsSpelledOut() throws {
    #expect(
      SourceName.spelled("BT, Wonen; BT, Inleiding; IN")
        == "Bouwen aan een thuis (2021): Wonen; Inleiding. Interview over Bouwen aan een thuis (2021)")
    #expect(SourceName.spelled("Quickscan BT, ronde 2") == "Quickscan BT, ronde 2")
    for source in try library.units.map(\.source) + library.lessons.map(\.source) {
      #expect(SourceName.spelled(source).firstMatch(of: /\b(BT|IN|BV|HH|BW)\b/) == nil, "\(source)")
    }
  }

  /// The lesson one would want at this step comes first, for whoever it is meant for.
  @Test func whatAnEditorChoseComesFirst() throws {
    for (moment, ids) in FirstLessons.order {
      for id in ids { #expect(try library.lesson(id)?.moments.contains(moment) == true, "\(id) at \(moment)") }
      for role in [Role.supportWorker, .coordinator, .teamLeader] {
        let wanted = try ids.filter { try library.lesson($0)?.audiences.contains(role.audience) == true }.prefix(2)
        let shown = Advice.lessons(at: moment, for: role, in: try library, without: []).map(\.id)
        #expect(Array(shown.prefix(wanted.count)) == Array(wanted), "\(role) at \(moment)")
      }
    }
    let move = Advice.lessons(at: .planningMove, for: .supportWorker, in: try library, without: []).map(\.id)
    #expect(move == ["wonen-uitkering-op-tijd", "wonen-niet-alles-tegelijk"])
  }

  @Test func atMostTwoLessonsAndNoneThatWasSeen() throws {
    let first = Advice.lessons(at: .handingOver, for: .supportWorker, in: try library, without: [])
    #expect(first.count == 2)
    let next = Advice.lessons(
      at: .handingOver, for: .supportWorker, in: try library, without: Set(first.map(\.id)))
    #expect(Set(next.map(\.id)).isDisjoint(with: first.map(\.id)))
    // Who had their say about a lesson that became part of another is not asked again.
    let former = try #require(first.first { !$0.formerly.isEmpty }?.formerly.first)
    let after = Advice.lessons(at: .handingOver, for: .supportWorker, in: try library, without: [former])
    #expect(!after.contains { $0.formerly.contains(former) })
  }

  /// A resident reads what is written to residents, never what tells a professional how to deal with them.
  @Test(arguments: Moment.allCases) func aResidentGetsNoProfessionalsLesson(_ moment: Moment) throws {
    let own = Advice.lessons(at: moment, for: .resident, in: try library, without: [])
    #expect(own.allSatisfy { $0.audiences == [.citizen] })
    for role in [Role.relative, .hostTenant, .goodNeighbour] {
      #expect(Advice.lessons(at: moment, for: role, in: try library, without: []).isEmpty)
    }
    for role in Learning.readers {
      #expect(
        Advice.lessons(at: moment, for: role, in: try library, without: []).allSatisfy { $0.audiences != [.citizen] })
    }
  }

  @Test func thereIsSomethingForAResidentAtTheirOwnSteps() throws {
    for moment in [Moment.planAndSteps, .planningMove, .firstWeekHome, .earlyWarning, .setback, .landed] {
      #expect(!Advice.lessons(at: moment, for: .resident, in: try library, without: []).isEmpty, "\(moment)")
    }
  }
}

/// What is told holds against the sources, and reads as text.
@Suite struct ToldTests {
  private var library: Library { get throws { try ContentTests.base.get().library } }

  /// What an editor found out about the source stands apart from what people read.
  @Test func noEditorsNoteStandsInTheReadingText() throws {
    let words: [Language: [String]] = [
      .dutch: ["de bron ", "de bron.", "hoofdstuk", "het interview", "zichzelf tegen", "zich tegen"],
      .english: ["the source ", "the source.", "chapter", "the interview", "contradicts itself"],
    ]
    for unit in try library.units {
      for (language, notes) in words {
        let written = unit.text(language)
        let read =
          [written.title] + written.opening.map(\.words)
          + written.sections.flatMap { [$0.heading] + $0.passages.map(\.words) }
          + written.lessons.values.flatMap { [$0.title] + $0.passages.map(\.words) }
        for text in read.map({ $0.lowercased() }) {
          #expect(!notes.contains(where: text.contains), "\(unit.id): \(text)")
        }
      }
    }
    // And they are kept.
    #expect(try library.units.filter { !$0.text(.dutch).notes.isEmpty }.count > 15)
    for unit in try library.units {
      #expect(unit.text(.dutch).notes.isEmpty == unit.text(.english).notes.isEmpty, "\(unit.id)")
    }
  }

  /// BT's own words for how each pilot stood, read again one by one.
  @Test func everyPilotStandsAsItsSourceSays() throws {
    let told: [String: (KnowledgeUnit.Status, since: String?, until: String?)] = [
      "ggz-gebiedsteam-houten": (.regular, "2018-01", nil),
      "gebiedsgericht-samenwerken-ijsselstein": (.running, "2020-01", nil),
      "proeftuin-beschermd-thuis-nieuwegein": (.ended, "2019", "2021-02"),
      "beschermd-thuis-utrecht-west": (.regular, "2019-09", nil), "pitstop-woerden": (.structural, "2016", nil),
      "gemengd-wonen-zeist": (.running, "2020-02", nil), "voorkomen-terugval-in-dakloosheid": (.running, nil, nil),
      // Project subsidy out of regular means is no regular service.
      "housing-first-utrecht": (.subsidised, "2016", nil), "buurt-aan-de-slag-nieuwegein": (.ended, "2018", "2020"),
      "samen-sterk-stichtse-vecht": (.regular, nil, nil), "enik-zuid-oost-utrecht": (.running, "2020-01", nil),
      "we-all": (.running, "2017-01", nil),
      // No end is told.
      "schuldenvrij": (.endUnknown, "2018", nil), "digicontact-nieuwegein": (.running, "2018", nil),
    ]
    #expect(try Set(told.keys) == Set(library.listed(.pilot, .dutch).map(\.id)))
    for (id, (status, since, until)) in told {
      let pilot = try #require(try library.unit(id))
      #expect(pilot.status == status && pilot.since == since && pilot.until == until, "\(id)")
      #expect(SourceName.year(pilot.source) == 2021)
    }
  }

  @Test func placesAreThoseOfTheSource() throws {
    // Eating together is told of Beschermd Thuis Utrecht West, not of one town.
    #expect(try library.unit("eetmoment-jongerencentrum")?.municipalities == [])
    #expect(
      try library.unit("eetmoment-jongerencentrum")?.text(.dutch).sections.last?.passages.map(\.words).joined()
        .contains("Woerden") == false)
  }

  /// A speaker's list of words is advice; a form that is still being studied is an expectation.
  @Test func whatIsNotProvenIsNotCalledSo() throws {
    for id in ["woorden-buurtbewoner", "aanpak-overdracht", "bestuur-zorgverzekeraars", "gebied-budgetten-samen"] {
      #expect(try library.lesson(id)?.ground == .expectation, "\(id)")
    }
  }

  /// Practices are looked up by what they are called.
  @Test func listsAreInTheOrderOfTheirTitles() throws {
    for kind in KnowledgeUnit.Kind.allCases {
      for language in Language.allCases {
        let titles = try library.listed(kind, language).map { $0.text(language).title.asName }
        #expect(titles == titles.sorted(), "\(kind)")
      }
    }
    let practices = try library.listed(.practice, .dutch).map(\.id)
    #expect(
      practices.prefix(3) == ["beeldzorg", "duo-begeleiding", "bemoeizorg"] && practices.last == "proactief-benaderen")
  }

  /// Who kept the address of a lesson that became part of another still arrives.
  @Test func formerLessonsLeadToWhatTheyBecame() throws {
    #expect(try library.lesson("proeftuin-regelbudget")?.id == "wonen-regelbudget")
    #expect(try library.lessons(of: "regelbudget").map(\.id).contains("wonen-regelbudget"))
    for lesson in try library.lessons {
      for former in lesson.formerly { #expect(try library.lesson(former)?.id == lesson.id) }
    }
  }
}

/// A file that is not right is refused, with what is wrong.
@Suite struct UnitFileTests {
  private static let good = """
    ---
    kind: practice
    id: proef
    source: BT, Wonen
    related: [wonen]
    lessons:
      - {id: proef-een, blocks: [wonen], audiences: [professional], restsOn: experience, source: "BT, Wonen"}
    ---
    === nl
    # Proef

    Een alinea
    over twee regels.

    ## Wat het is
    - een
    - twee
      gaat door
    ## les:proef-een Doe dit
    Want dat helpt.

    === en
    # Trial

    A paragraph.

    ## What it is
    Something.
    ## les:proef-een Do this
    Because it helps.
    """

  @Test func readsBothLanguages() throws {
    let unit = try UnitFile.read("practices/proef.md", Self.good)
    #expect(unit.text(.dutch).title == "Proef" && unit.text(.english).title == "Trial")
    #expect(unit.text(.dutch).opening == [.paragraph("Een alinea over twee regels.")])
    #expect(unit.text(.dutch).sections.first?.passages == [.list(["een", "twee gaat door"])])
    #expect(unit.text(.english).lessons["proef-een"]?.title == "Do this")
    #expect(unit.lessons.first?.ground == .experience)
  }

  @Test(arguments: [
    ("kind: practice", "kind: recipe"), ("id: proef\n", ""), ("restsOn: experience", "restsOn: hearsay"),
    ("=== en", "=== fr"), ("## les:proef-een Do this", "## les:proef-twee Do this"), ("# Proef\n", ""),
    ("## What it is\nSomething.", "## What it is"), ("---\n=== nl", "=== nl"),
    ("les:proef-een Doe dit", "les:proef-een"),
    ("related: [wonen]", "related: wonen"),
  ]) func refusesWhatIsNotRight(_ old: String, _ new: String) {
    #expect(throws: (any Error).self) {
      try UnitFile.read("practices/proef.md", Self.good.replacing(old, with: new, maxReplacements: 1))
    }
  }

  @Test func linksMustHoldBothWays() throws {
    func block(_ id: String, _ links: String) throws -> KnowledgeUnit {
      try UnitFile.read(
        "blocks/\(id).md", Self.good.replacing("kind: practice", with: "kind: \(links)").replacing("proef", with: id))
    }
    let library = Library([try block("a", "block\npilots: [b]"), try block("b", "pilot")])
    let faults = Coherence(library: library).faults
    #expect(faults.contains("b does not link back to a"))
    #expect(faults.contains("a is related to wonen, unknown"))
    #expect(faults.contains("a-een: no block wonen"))
  }
}
