namespace Lastro.Tests;

/// <summary><see cref="SharedFactAttribute"/> for a test of many cases.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string relative)
    {
        if (SharedData.Root is null)
            Skip = $"needs shared/{relative}, which is not beside this checkout";
    }
}
