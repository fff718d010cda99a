public import Kernel
public import Trust

/// A reward that was agreed and has become due is somebody's to give (BT, Schuldenvrij): of who did the step along, as
/// long as they work with this resident; else of whoever is called first. So it never waits for nobody.
public enum RewardGiver {
  /// - Parameters:
  ///   - first: who is called first now.
  ///   - working: who works with the resident now.
  public static func of(_ step: Step, first: ID<Account>?, working: Set<ID<Account>>) -> ID<Account>? {
    guard step.isRewardDue else { return nil }
    if let worker = step.worker, working.contains(worker) { return worker }
    return first
  }
}

extension Step {
  /// It was agreed, the step is done, and nobody gave it yet.
  public var isRewardDue: Bool { reward != nil && doneOn != nil && droppedOn == nil && rewardGivenOn == nil }
}
