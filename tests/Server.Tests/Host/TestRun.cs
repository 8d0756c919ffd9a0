using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Lastro.Server.Tests.Host.TestRun", "Lastro.Server.Tests")]

namespace Lastro.Server.Tests.Host;

/// <summary>
/// Everything a run writes lies below one folder, and PostgreSQL and that folder go with its last test: the runner does not wait for what a
/// process does as it exits. What killed runs have left behind, gigabytes each, goes at the start of a later one.
/// </summary>
public sealed class TestRun(IMessageSink messages) : XunitTestFramework(messages)
{
    private const string Prefix = "lastro-tests-";
    private static readonly TimeSpan _longerThanAnyRun = TimeSpan.FromHours(3);
    private static DirectoryInfo? _root;

#pragma warning disable CA2255 // Before the first test, whichever it is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin()
    {
        foreach (var left in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*").Where(IsOld)) Remove(left);
        _root = Directory.CreateTempSubdirectory(Prefix);
        // PostgreSQL runs as another user, who has to pass through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_root.FullName, File.GetUnixFileMode(_root.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", _root.FullName);
    }

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private static async Task End()
    {
        await TestPostgres.Stop();
        if (_root is not null) Remove(_root);
    }

    private static bool IsOld(DirectoryInfo folder) => folder.CreationTimeUtc < (TimeProvider.System.GetUtcNow() - _longerThanAnyRun).UtcDateTime;

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or something in it still ends: a later run takes it.
        }
    }

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
#pragma warning disable VSTHRD100 // So it is declared there; the runner reports what goes wrong.
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
#pragma warning restore VSTHRD100
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink messages, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, messages, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await End();
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
