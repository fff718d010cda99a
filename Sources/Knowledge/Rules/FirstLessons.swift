internal import Kernel

/// Which lessons come first at a step of work, by an editor's choice: among all that belong to it, the ones that are about
/// just this. Each audience sees the first two that are meant for it; what is not here follows by what it rests on.
enum FirstLessons {
  static func place(of lesson: String, at moment: Moment) -> Int? { order[moment]?.firstIndex(of: lesson) }

  static let order: [Moment: [String]] = [
    .planningJourney: [
      "herstelgericht-bewoner-bepaalt", "activering-vanaf-dag-een", "burger-goed-voorbereiden",
      "terugvalf-snel-een-huis",
      "aanpak-vier-oorzaken",
    ],
    // The benefit starts on the moving date (BT, Wonen and Financiën); rest around the move (BT, Nieuwegein).
    .planningMove: [
      "wonen-uitkering-op-tijd", "wonen-niet-alles-tegelijk", "burger-goed-voorbereiden", "financien-start-verhuisdag",
    ],
    .handingOver: ["aanpak-overdracht", "houten-praat-met-bewoner", "zeist-draag-kennis-op-tijd-over"],
    .firstWeekHome: [
      "herstelgericht-signalen-verhuizing", "ambulant-meer-rond-verhuizing", "wonen-hulp-op-tijd",
      "financien-korte-lijn",
    ],
    .setback: [
      "ambulant-meer-en-minder", "professional-houd-vol", "herstelgericht-eigen-tempo", "aanpak-snel-meer-hulp",
    ],
    .silence: ["buurtvi-in-beeld", "waakvl-houd-contact", "wonen-hulp-op-tijd"],
    .planAndSteps: ["schuldenvrij-beloon-stappen", "gebied-bewoner-bepaalt", "schuldenvrij-kleine-stappen"],
    .earlyWarning: ["ambulant-spreek-signalen-af", "ambulant-let-op-signalen"],
    .landed: ["terugvalf-geland-als-doel", "nazorg-paar-keer-per-jaar", "aanpak-dag-en-netwerk"],
  ]
}
