using System.Collections.Immutable;

namespace Isobar.Planning;

/// <summary>The papers behind the models of a plan, in the order in which a plan uses them.</summary>
internal static class ModelCitations
{
    public static ImmutableArray<Citation> All { get; } =
    [
        new("V. Miß, F. Lange, S. Staubitz, B. Roling, ACS Appl. Mater. Interfaces 18 (2026) 32830 (densification, springback)", "10.1021/acsami.6c03789"),
        new("M. Cronau, M. Szabo, C. König, T. B. Wassermann, B. Roling, ACS Energy Lett. 6 (2021) 3072 (conductivity, grain contacts)", "10.1021/acsenergylett.1c01299"),
        new("C. L. Martin, D. Bouvard, Acta Mater. 51 (2003) 373 (rigid particles in a soft powder)", "10.1016/S1359-6454(02)00402-0"),
        new("P. Minnmann, L. Quillman, S. Burkhardt, F. H. Richter, J. Janek, J. Electrochem. Soc. 168 (2021) 040537 (composite transport)", "10.1149/1945-7111/abf8d7"),
        new("A. Ramanayagam et al., Batteries & Supercaps 9 (2026) e70315 (contact against stack pressure)", "10.1002/batt.70315"),
        new("L. Wheatcroft et al., Batteries & Supercaps 6 (2023) e202300032 (particle strength)", "10.1002/batt.202300032"),
        new("J.-M. Doux et al., Adv. Energy Mater. 10 (2020) 1903253 (lithium: contact, time to short)", "10.1002/aenm.201903253"),
        new("J. Kasemchainan et al., Nat. Mater. 18 (2019) 1105 (lithium: stripping)", "10.1038/s41563-019-0438-9"),
        new("D. K. Singh et al., Cell Rep. Phys. Sci. 3 (2022) 101043 (lithium: attach pressure)", "10.1016/j.xcrp.2022.101043"),
        new("J. Park et al., Adv. Energy Mater. 2025, e04272 (collector contact)", "10.1002/aenm.202504272"),
        new("J. Newman, C. W. Tobias, J. Electrochem. Soc. 109 (1962) 1183 (porous electrode)", "10.1149/1.2425269"),
        new("R. Koerver et al., Energy Environ. Sci. 11 (2018) 2142 (breathing)", "10.1039/c8ee00907d"),
    ];
}
