using Isobar.Cells;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <content>What a temperature does to charge transfer and contacts.</content>
public static partial class CellResolver
{
    // Exchange currents and contact resistances are stated at 25 °C.
    private const double StatedKelvins = 298.15;

    // Charge transfer at the particles: j0·exp[−E_c/R·(1/T − 1/T0)]. Contact of the foil: constriction and charge transfer both go as those of the ions in the electrolyte beside it,
    // R·(T/T0)·exp[(E_a + ΔE_a)/R·(1/T − 1/T0)], which is the resistivity of that electrolyte where ΔE_a is zero. Contacts of collectors carry electrons and stay.
    private static CellParameters AtTemperature(Cell cell, CellParameters resolved, ConstantChoice choose)
    {
        double kelvins = cell.Temperature.Kelvins, away = ((1 / kelvins) - (1 / StatedKelvins)) / PhysicalConstants.Gas;
        double cathode = Value("models", ModelConstants.CathodeTransferActivation, choose), beyond = Value("models", ModelConstants.AnodeTransferActivation, choose);
        double conduction = resolved.Layers[cell.Layers.IndexOf(cell.Separators.Last())].Conduction.ActivationJoulesPerMole;
        double resistance = kelvins / StatedKelvins * Math.Exp((conduction + beyond) * away);
        InterfaceContact contact = resolved.Anode.Contact;
        return resolved with
        {
            Cathode = resolved.Cathode with { ExchangeAmperesPerSquareMetre = resolved.Cathode.ExchangeAmperesPerSquareMetre * Math.Exp(-cathode * away) },
            Anode = resolved.Anode with
            {
                Contact = contact with
                {
                    FullContactOhmSquareMetres = resistance * contact.FullContactOhmSquareMetres,
                    AtOneMegapascalOhmSquareMetres = resistance * contact.AtOneMegapascalOhmSquareMetres,
                },
            },
        };
    }
}
