namespace Lastro.Core.Tests.Indicators;

public sealed class DocumentTests
{
    /// <summary>LASTRO_WRITE_DOCS=1 writes the page anew.</summary>
    [Fact]
    public void The_page_is_that_of_the_catalog()
    {
        var page = Path.Combine(Root(), "docs", "indicators.md");
        if (Environment.GetEnvironmentVariable("LASTRO_WRITE_DOCS") == "1")
            File.WriteAllText(page, CatalogDocument.Text());
        File.ReadAllText(page).ShouldBe(CatalogDocument.Text(), "docs/indicators.md is out of date: run this test with LASTRO_WRITE_DOCS=1");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
