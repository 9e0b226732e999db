using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Bring the platens to a temperature at a rate, up or down, while the pressure stays. Needs a press with heated platens.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Target">Temperature at the end.</param>
/// <param name="Rate">Rate of the temperature's set-point, positive.</param>
/// <param name="Band">The step is done when the reading is this near to the target.</param>
/// <param name="Timeout">Without reaching it after this time the run stops.</param>
public sealed record HeatStep(string Name, Temperature Target, TemperatureRate Rate, TemperatureDifference Band, Duration Timeout) : Step(Name);

/// <summary>Keep a temperature while the pressure stays. Time counts only while the reading is in the band.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Target">Temperature to keep.</param>
/// <param name="Band">Allowed deviation.</param>
/// <param name="Minimum">Time in band that is needed.</param>
/// <param name="Maximum">Time after which the step ends.</param>
public sealed record SoakStep(string Name, Temperature Target, TemperatureDifference Band, Duration Minimum, Duration Maximum) : Step(Name);
