import Control.Monad (replicateM)
import Data.Array.IO (IOUArray, newArray, readArray)
import Data.Word (Word8)

main :: IO ()
main = do
  n <- readLn
  held <- replicateM n (newArray (0, 1048575) 1) :: IO [IOUArray Int Word8]
  firsts <- mapM (`readArray` 0) held
  print (sum (map fromIntegral firsts :: [Int]))
