using Lastro.Cli.CommandLine;
using Lastro.Core.Backtesting;

namespace Lastro.Cli.Backtests;

/// <summary>What the engine refuses becomes what the command line refuses.</summary>
internal static class Refusals
{
    public static T Of<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (BacktestRefusedException refused)
        {
            throw new RefusedException(refused.Message);
        }
    }
}
