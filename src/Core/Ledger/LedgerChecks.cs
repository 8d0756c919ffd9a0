namespace Lastro.Core.Ledger;

/// <summary>What must hold for journals, whatever wrote them.</summary>
public static class LedgerChecks
{
    /// <summary>Null when the journal may be written, else what is wrong with it, in English.</summary>
    public static string? Fault(Journal journal)
    {
        if (journal.BusinessKey.Length == 0) return "it has no business key";
        if (journal.Postings.Count < 2) return "it has fewer than two lines";
        foreach (var line in journal.Postings)
        {
            if (line.Amount == 0m) return "a line has the amount zero";
            if (Exact.Bare(line.Amount).Scale > Decimals.MaxScale) return $"{line.Amount} has more than {Decimals.MaxScale} decimals";
        }

        foreach (var asset in journal.Postings.GroupBy(line => line.Asset))
        {
            if (asset.Sum(line => line.Amount) is var sum && sum != 0m) return $"its {asset.Key} add up to {sum}";
        }

        return null;
    }
}
