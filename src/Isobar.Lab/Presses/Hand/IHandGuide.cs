using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>Shows a person at a press what to pump to.</summary>
public interface IHandGuide
{
    /// <summary>What is wanted now and what is there.</summary>
    void Show(Force wanted, Force present);

    /// <summary>The pressure is to be taken away at once.</summary>
    void Release(string why);
}
