# try: is Python sent as a shell script
# want: CE
import sys
def main():
    print("ok")
