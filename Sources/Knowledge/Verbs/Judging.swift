internal import Kernel
internal import Site
internal import Store

extension Verdict {
  /// "Helped" or "not for me": one word for each lesson at each moment; a later one takes its place.
  /// - Throws: `Problem.invalid` for a lesson, moment or word that does not exist.
  static func give(_ form: Fields, by account: ID<Anything>, in library: Library, _ transaction: Transaction) throws
    -> Verdict
  {
    guard let lesson = form["lesson"].flatMap(library.lesson), let moment = form["moment"].flatMap(Moment.init),
      lesson.moments.contains(moment), let word = form["word"].flatMap(Word.init)
    else { throw Problem(.invalid, [Problem.Fault(field: "lesson", "form.needed")]) }
    let same = try transaction.first(
      Verdict.self, "where account = \(account) and lesson = \(lesson.id) and moment = \(moment.rawValue)")
    var verdict =
      same
      ?? Verdict(
        id: transaction.freshID(), account: account, lesson: lesson.id, moment: moment.rawValue, word: word,
        givenOn: RegionTime.amsterdam.date(of: transaction.now))
    verdict.word = word
    return try transaction.put(verdict)
  }
}
