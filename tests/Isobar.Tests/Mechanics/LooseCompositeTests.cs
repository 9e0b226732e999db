using Isobar.Mechanics;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>A composite that hardly was pressed.</summary>
public sealed class LooseCompositeTests
{
    [Fact]
    public void A_powder_too_loose_to_hold_together_is_an_open_circuit()
    {
        var mix = new CompositeMix(0.5, 0.5, 5e-6, 2e-6, 0.5e9);
        var loose = CompositeStructure.Of(mix, 0.45, new LoadHistory(1e6, 5e6), CompositeParameters.Best);
        Assert.Equal(0, loose.IonicShare);
        Assert.Equal(0, loose.ElectronicShare);
        Assert.Equal(1, loose.IsolatedShare);
        Assert.True(loose.Extrapolated);
        Assert.True(CompositeStructure.Of(mix, 0.75, new LoadHistory(1e8, 1e8), CompositeParameters.Best).IonicShare > 0);
    }
}
