internal import Kernel

/// Words that stand in every sentence and so say nothing of what one looks for.
enum SmallWords {
  static func of(_ language: Language) -> Set<String> { language == .dutch ? dutch : english }

  private static let dutch = words(
    """
    aan al alle als bij dan dat de der deze die dit door een eens elkaar en er het haar hier hij hoe hoeveel hun iemand iets in is je kan kun \
    maar mee meer men met mij na naar niet nog nu of om omdat onder ons onze ook op over te tot uit uw van veel voor waar \
    wat we wel welke wie wij worden wordt ze zelf zich zij zijn zo zonder
    """)

  private static let english = words(
    """
    about after all also an and any are as at be been but by can do does for from has have he her his how if in into is it \
    its more no not of on one or other our out she so some somebody someone something than that the their them then there \
    they this those to up us was we what when where which who will with without you your
    """)

  private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
