namespace Isobar.Protocols;

/// <summary>What STOP does on a press; abort is the device's own dump always.</summary>
public enum StopPolicy
{
    /// <summary>The pressure is taken away at the release rate.</summary>
    Release,

    /// <summary>The pressure that is there is locked: the set-point never rises again. A second STOP releases it, abort dumps it.</summary>
    Hold,
}
