public import Kernel
public import Store
public import Trust

/// Made-up learning for the demo region: two projects, their rounds, a meeting, a neighbourhood, a basic set.
public struct DemoLearning {
  /// Whose the projects are, and who agreed to do something.
  public struct People: Sendable {
    let careProvider, welfare: ID<Organisation>
    let leader, coordinator, adviser: ID<Account>

    public init(
      careProvider: ID<Organisation>, welfare: ID<Organisation>, leader: ID<Account>, coordinator: ID<Account>,
      adviser: ID<Account>
    ) {
      self.careProvider = careProvider
      self.welfare = welfare
      self.leader = leader
      self.coordinator = coordinator
      self.adviser = adviser
    }
  }

  private let people: People
  private let transaction: Transaction
  private let today: LocalDate

  public static func fill(_ people: People, _ transaction: Transaction) throws {
    let demo = DemoLearning(
      people: people, transaction: transaction, today: RegionTime.amsterdam.date(of: transaction.now))
    try demo.projects()
    try demo.meetings()
    try demo.scans()
    try demo.basicSet()
    _ = try transaction.put(
      KnowledgeSettings(id: transaction.freshID(), regionName: "Voorbeeldregio", isOpen: false))
  }

  private func projects() throws {
    let vaart = try project(
      "Wonen aan de Vaart", people.careProvider, ["wonen", "inclusie-in-de-wijk"], months: 20)
    _ = try scan(vaart, 1, months: 13, answers: Self.vaartThen)
    let eating = try project("Samen eten", people.welfare, ["inclusie-in-de-wijk", "activering-en-werk"], months: 30)
    _ = try scan(eating, 1, months: 15, answers: Self.eatingThen)
    let now = try scan(eating, 2, months: 2, answers: Self.eatingNow)
    _ = try transaction.put(
      AddedLesson(
        id: transaction.freshID(), title: "Kook samen voordat je samen praat",
        words: "Aan het aanrecht komt een gesprek vanzelf. Begin met snijden en proeven, en plan geen voorstelrondje.",
        titleEnglish: "Cook together before you talk together",
        wordsEnglish: "At the worktop a talk begins by itself. Start with cutting and tasting; plan no round of names.",
        blocks: ["inclusie-in-de-wijk", "activering-en-werk"], pilots: [], audiences: ["citizen", "professional"],
        ground: "experience", phases: ["landing", "settled"], moments: ["starting-group"],
        municipalities: eating.municipalities,
        source: "Quickscan Samen eten, ronde 2 (\(now.openedOn.year))", origin: nil, originID: nil,
        quickscan: now.id, question: Quickscan.Question.lessons.rawValue, addedOn: today.adding(months: -1)))
  }

  private func project(_ name: String, _ organisation: ID<Organisation>, _ blocks: [String], months: Int) throws
    -> Project
  {
    try transaction.put(
      Project(
        id: transaction.freshID(), name: name, organisation: organisation, municipalities: ["0356"], blocks: blocks,
        startedOn: today.adding(months: -months)))
  }

  private func scan(_ project: Project, _ round: Int, months: Int, answers: [String: String]) throws
    -> Quickscan
  {
    let opened = today.adding(months: -months)
    return try transaction.put(
      Quickscan(
        id: transaction.freshID(), project: project.id, round: round, way: round == 1 ? .interviewed : .selfFilled,
        openedOn: opened, answers: answers,
        handedInOn: opened.adding(days: 20), handedInBy: people.leader))
  }

  private static let vaartThen = [
    "aim": "Mensen uit de opvang wonen tussen gewone buren, met hulp dichtbij.",
    "people": "Twaalf bewoners. Niet voor wie dag en nacht iemand in huis nodig heeft.",
    "approach": "Twee begeleiders zijn er elke dag op vaste uren, in de gezamenlijke huiskamer.",
    "course.wonen": "De twaalf woningen staan er. De contracten staan nog niet op naam van de bewoners.",
    "course.inclusie-in-de-wijk": "De buren kennen de huiskamer. Een activiteit van buren zelf is er nog niet.",
    "results": "Na een half jaar wonen alle twaalf bewoners er nog.",
    "lessons": "Vertel buren vooraf wie ze kunnen bellen. Dat gaf meer rust dan een brief over het project.",
    "unexpected": "De buren kwamen zelf met een boormachine toen de eerste gordijnen moesten hangen.",
  ]
  private static let eatingThen = [
    "aim": "Elke week samen eten, met mensen van binnen en buiten de hulp.",
    "people": "Iedereen uit de buurt die niet graag alleen eet.",
    "approach": "Twee vrijwilligers koken, in de keuken van het buurthuis.",
    "course.inclusie-in-de-wijk": "Er is een tafel waar iedereen aan kan schuiven. Buren komen nog weinig.",
    "course.activering-en-werk": "Nog niets. De eters helpen niet mee.",
    "results": "Zes vaste eters.",
    "lessons": "Een vaste dag werkt. Een wisselende dag werkt niet.",
    "unexpected": "Niemand wilde afwassen.",
  ]
  private static let eatingNow = [
    "aim": "Elke week samen eten. Nieuw: de eters koken zelf.",
    "people": "Iedereen uit de buurt die niet graag alleen eet.",
    "approach": "De eters kiezen het menu, doen boodschappen en koken om de beurt.",
    "course.inclusie-in-de-wijk": "De helft van de eters woont in de buurt en krijgt geen hulp.",
    "course.activering-en-werk": "Vier eters koken om de beurt. Een eter kreeg daardoor werk.",
    "results": "Veertien vaste eters. Vier van hen koken om de beurt.",
    "lessons": "Laat mensen samen koken. Dan hoeft niemand het ijs te breken.",
    "unexpected": "Een eter kreeg werk in de keuken van het buurthuis.",
  ]

  private func meetings() throws {
    let past = try transaction.put(
      LearningMeeting(
        id: transaction.freshID(), title: "Buren ontvangen", heldOn: today.adding(days: -40), time: "14:00",
        place: "Buurthuis aan de Vaart", blocks: ["inclusie-in-de-wijk"],
        agenda: "Wat ging goed met de buren?\nWat doe je als het schuurt?\nAfspraken",
        notes: "Iedereen herkent het: wie één naam en nummer heeft, belt minder vaak met klachten."))
    try action(past, "Maak een kaartje met één naam en nummer per gebouw", people.leader, due: -10, done: -12)
    try action(past, "Vraag de woningcorporatie naar een gezamenlijke ruimte", people.coordinator, due: -3)
    try action(past, "Zet de lessen over buren in de nieuwsbrief", people.adviser, due: 12)
    _ = try transaction.put(
      LearningMeeting(
        id: transaction.freshID(), title: "Inkomen vóór de verhuisdag", heldOn: today.adding(days: 17), time: "10:00",
        place: "Stadhuis", blocks: ["financien-op-orde", "wonen"],
        agenda: "Twee weken tussen aanbod en sleutel: wat lukt er?\nWie belt wie?\nAfspraken"))
  }

  private func action(
    _ meeting: LearningMeeting, _ words: String, _ owner: ID<Account>, due: Int, done: Int? = nil
  ) throws {
    _ = try transaction.put(
      MeetingAction(
        id: transaction.freshID(), meeting: meeting.id, words: words, owner: owner, dueOn: today.adding(days: due),
        doneOn: done.map { today.adding(days: $0) }))
  }

  /// The same neighbourhood twice, and one that is still open.
  private func scans() throws {
    try scan(months: 14, residents: [2, 2, 3, 2, 2], professionals: [3, 4, 3, 4, 4], officials: [4, 4, 3, 4, 4])
    try scan(
      months: 1, residents: [3, 2, 3, 3, 2, 3], professionals: [4, 4, 3, 5, 4], officials: [4, 3, 4, 4, 3])
    _ = try transaction.put(
      SelfScan(
        id: transaction.freshID(), municipality: "0321", neighbourhood: "Voorbeeldwijk", openedOn: today,
        code: "20262027"))
  }

  private func scan(months: Int, residents: [Int], professionals: [Int], officials: [Int]) throws {
    let day = today.adding(months: -months)
    let scan = try transaction.put(
      SelfScan(
        id: transaction.freshID(), municipality: "0356", neighbourhood: "Vaartbuurt", openedOn: day,
        code: "1000000\(months % 10)", closedOn: day,
        conclusion: "We beginnen met een vast inloopuur, en bewoners kiezen de dag."))
    let parties = [(SelfScan.Group.resident, residents), (.professional, professionals), (.official, officials)]
    for (party, scores) in parties {
      for (place, score) in scores.enumerated() {
        // Each group sees some elements higher and some lower, the same every time.
        let shifts: [SelfScan.Group: [Int]] = [
          .resident: [1, 0, 2, 0, 1, -1, 1, 1, 0], .professional: [0, -1, 0, 0, 0, -2, 0, -1, -1],
          .official: [0, -1, 0, 0, -1, 1, 0, -1, 0],
        ]
        let all = SelfScan.Element.allCases.enumerated().map { number, element in
          (element.rawValue, min(5, max(1, score + (shifts[party]?[number] ?? 0))))
        }
        _ = try transaction.put(
          SelfScanForm(
            id: transaction.freshID(), scan: scan.id, party: party,
            scores: Dictionary(uniqueKeysWithValues: all),
            words: party == .resident && place == 0 ? "Ik ken mijn overburen nog niet." : nil, givenOn: day))
      }
    }
  }

  private func basicSet() throws {
    for (row, municipality) in Municipality.all.enumerated() {
      for (column, tool) in BasicSetTool.standard.enumerated() where (row * 3 + column * 5) % 13 != 0 {
        let kind = (row * 7 + column * 3) % 11
        let state: BasicSetEntry.State = kind == 0 ? .missing : kind < 3 ? .partly : .available
        _ = try transaction.put(
          BasicSetEntry(
            id: transaction.freshID(), municipality: municipality.code, tool: tool, state: state,
            waitingWeeks: kind == 4 ? 2 + (row + column) % 8 : nil,
            provider: state == .missing
              ? nil : ["Thuishaven", "Stek en Steun", "de gemeente zelf"][(row + column) % 3],
            words: nil, sinceOn: today.adding(months: -(6 + (row + column) % 20)),
            checkedOn: today.adding(months: -((row * 2 + column) % 15))))
      }
    }
  }
}
